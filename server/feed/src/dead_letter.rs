//! What a consumer could not handle.

use model::event::Event;

/// Longer reasons are cut, in characters: the reason travels in a header.
const LONGEST_REASON: usize = 1_000;

/// An event that was given up, for a person to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    pub content: Content,
    /// Why, in one line.
    pub reason: String,
    /// The attempt that was the last one.
    pub attempt: u32,
}

/// What was buried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Event(Event),
    /// The bytes of a message that was no event.
    Undecodable(Vec<u8>),
}

impl From<&[u8]> for Content {
    fn from(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).map_or_else(|_| Self::Undecodable(bytes.to_vec()), Self::Event)
    }
}

/// The one line of `reason` that is kept: line breaks would end the header that carries it.
pub(crate) fn one_line(reason: &str) -> String {
    let line: String =
        reason.chars().take(LONGEST_REASON).map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_short_line() {
        assert_eq!(one_line(" 无法处理:\r\nno such incident\n"), "无法处理:  no such incident");
        assert_eq!(one_line(&"长".repeat(5_000)).chars().count(), LONGEST_REASON);
    }
}
