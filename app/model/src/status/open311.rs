//! What other systems call our states: Open311 GeoReport v2 and the extended words of its updates.

use super::{LegalGround, Status};

/// The two words of Open311 GeoReport v2, `GET requests`, field `status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open311 {
    Open,
    Closed,
}

impl Open311 {
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

impl Status {
    pub fn open311(self) -> Open311 {
        if self.is_closed() { Open311::Closed } else { Open311::Open }
    }

    /// The word of mySociety's `servicerequestupdates` extension.
    ///
    /// `FIXED` is for what is solved and for what went away: the extension has no word for the latter, and both mean that the problem is
    /// gone. A part that is solved stays `NO_FURTHER_ACTION`, because the rest is not. A refusal is `NO_FURTHER_ACTION` unless another
    /// authority is competent: see [`LegalGround::extended`].
    pub fn extended(self) -> &'static str {
        match self {
            Self::Received | Self::Reopened => "OPEN",
            Self::Triaged | Self::Assigned | Self::Waiting => "INVESTIGATING",
            Self::InProgress => "IN_PROGRESS",
            Self::Done | Self::ResolvedItself => "FIXED",
            Self::Partly | Self::Refused | Self::Unreachable => "NO_FURTHER_ACTION",
            Self::Duplicate => "DUPLICATE",
        }
    }
}

impl LegalGround {
    /// The word of the same extension for a refusal on this ground.
    pub fn extended(self) -> &'static str {
        match self {
            Self::NoPower | Self::OtherAuthority => "NOT_COUNCILS_RESPONSIBILITY",
            _ => Status::Refused.extended(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_open_until_it_is_closed() {
        assert_eq!(Status::Received.open311().name(), "open");
        assert_eq!(Status::Reopened.open311(), Open311::Open);
        assert_eq!(Status::Duplicate.open311().name(), "closed");
    }

    #[test]
    fn the_extended_word_never_contradicts_the_short_one() {
        let closing = ["FIXED", "NO_FURTHER_ACTION", "DUPLICATE"];
        for status in Status::ALL {
            assert_eq!(closing.contains(&status.extended()), status.is_closed(), "{status:?}");
        }
    }

    #[test]
    fn half_solved_is_not_called_fixed() {
        assert_eq!(Status::Done.extended(), "FIXED");
        assert_eq!(Status::Partly.extended(), "NO_FURTHER_ACTION");
    }

    #[test]
    fn a_refusal_says_when_somebody_else_is_responsible() {
        assert_eq!(LegalGround::OtherAuthority.extended(), "NOT_COUNCILS_RESPONSIBILITY");
        assert_eq!(LegalGround::Petition.extended(), "NO_FURTHER_ACTION");
    }
}
