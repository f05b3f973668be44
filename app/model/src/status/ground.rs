//! On what ground a report may be refused.
//!
//! The first five follow the State Council's guidance on the 12345 hotlines (Guo Ban Fa \[2020\] 53), which lists what a hotline does not
//! take: what needs a court, arbitration, discipline, review or a request for information, what is in the petition channel, what touches
//! secrets or privacy or offends public order. The others are the usual rules of competence and of evidence.

/// Why the law lets a department refuse. What it means stands beside the other texts, as `ground-proceedings`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LegalGround {
    /// It is, or must be, before a court, an arbitrator, a body of discipline or of administrative review.
    Proceedings,
    /// It is in the petition channel already.
    Petition,
    /// An answer would give away state secrets, business secrets or somebody's private life.
    Secrecy,
    /// What is asked for is itself against the law or public order.
    Unlawful,
    /// A request for government information, which has a procedure of its own.
    Information,
    /// The city has no power over it.
    NoPower,
    /// The law names another authority, and the reason says which.
    OtherAuthority,
    /// A matter between private people, in which no authority may step.
    Private,
    /// Sent without a name, and it cannot be checked.
    Uncheckable,
    /// Answered before, and nothing new is said.
    NothingNew,
}

impl LegalGround {
    pub const ALL: [Self; 10] = [
        Self::NoPower,
        Self::OtherAuthority,
        Self::Proceedings,
        Self::Petition,
        Self::Information,
        Self::Private,
        Self::Secrecy,
        Self::Unlawful,
        Self::Uncheckable,
        Self::NothingNew,
    ];

    /// The name in columns, forms and the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proceedings => "proceedings",
            Self::Petition => "petition",
            Self::Secrecy => "secrecy",
            Self::Unlawful => "unlawful",
            Self::Information => "information",
            Self::NoPower => "no-power",
            Self::OtherAuthority => "other-authority",
            Self::Private => "private",
            Self::Uncheckable => "uncheckable",
            Self::NothingNew => "nothing-new",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_survives_the_way_through_a_column() {
        for ground in LegalGround::ALL {
            assert_eq!(LegalGround::parse(ground.name()), Some(ground));
        }
        assert_eq!(LegalGround::parse("too-much-work"), None);
    }
}
