//! Where a report stands, and what has happened to it.

/// The states a report goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Stored durably; nobody has taken it up yet.
    Received,
}

impl Status {
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Received].into_iter().find(|status| status.name() == name)
    }
}
