//! Why personal data may be opened at all: purposes, and the grounds they rest on.

/// What somebody wants to open data for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Sending help to what was reported.
    Respond,
    /// Calling the person back about the report.
    CallBack,
    /// Looking at words as they were written, to take some out of sight.
    Moderate,
    /// The person reads what they sent (PIPL, article 45).
    OwnAccess,
    /// Writing to the person how their report stands.
    Tell,
}

/// What a purpose rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Protecting life, health and property in an emergency: PIPL, article 13 (4). Asked of nobody, ends with the response.
    Emergency,
    /// The person's own choice: PIPL, articles 13 (1) and 14.
    Consent,
    /// The person's right to their own data: PIPL, articles 44 and 45.
    Right,
}

impl Purpose {
    pub fn name(self) -> &'static str {
        match self {
            Self::Respond => "respond",
            Self::CallBack => "call-back",
            Self::Moderate => "moderate",
            Self::OwnAccess => "own-access",
            Self::Tell => "tell",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Respond, Self::CallBack, Self::Moderate, Self::OwnAccess, Self::Tell]
            .into_iter()
            .find(|purpose| purpose.name() == name)
    }

    /// The purpose whose basis covers this one: what is opened to be handled may be opened to protect whoever is named in it.
    #[must_use]
    pub fn covered_by(self) -> Self {
        if self == Self::Moderate { Self::Respond } else { self }
    }

    /// What the purpose rests on when a report is taken in.
    pub fn ground(self) -> Ground {
        match self {
            Self::Respond | Self::Moderate => Ground::Emergency,
            Self::CallBack | Self::Tell => Ground::Consent,
            Self::OwnAccess => Ground::Right,
        }
    }
}

impl Ground {
    pub fn name(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Consent => "consent",
            Self::Right => "right",
        }
    }
}

/// The version of the notice that stands beside the form. A new text is a new number.
pub const NOTICE: i64 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_survives_the_way_through_a_column() {
        for purpose in [Purpose::Respond, Purpose::CallBack, Purpose::Moderate, Purpose::OwnAccess, Purpose::Tell] {
            assert_eq!(Purpose::parse(purpose.name()), Some(purpose));
        }
        assert_eq!(Purpose::parse("curiosity"), None);
    }
}
