//! What rests on the choice of the person who reported, and how they take it back: PIPL, article 15. Their report goes on without it.

use serde::{Deserialize, Serialize};

use crate::basis::Purpose;
use crate::form::{Fault, Field, Problem, Problems};

/// Something that a person agreed to, and can take back at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Consent {
    /// To be written to how the report stands.
    Tell,
    /// To be called back. Without it nobody needs the contact, and it is deleted.
    CallBack,
}

/// The form as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawWithdrawal {
    /// The name of what is taken back.
    pub consent: String,
}

impl Consent {
    pub const ALL: [Self; 2] = [Self::Tell, Self::CallBack];

    pub fn purpose(self) -> Purpose {
        match self {
            Self::Tell => Purpose::Tell,
            Self::CallBack => Purpose::CallBack,
        }
    }

    /// The consent that a purpose rests on; nothing for what nobody was asked.
    pub fn of(purpose: Purpose) -> Option<Self> {
        Self::ALL.into_iter().find(|consent| consent.purpose() == purpose)
    }

    /// Everything that ends with it: where there is no contact, nobody can be written to either.
    pub fn ends(self) -> &'static [Purpose] {
        match self {
            Self::Tell => &[Purpose::Tell],
            Self::CallBack => &[Purpose::CallBack, Purpose::Tell],
        }
    }

    /// The name in forms, addresses and the keys of texts.
    pub fn name(self) -> &'static str {
        self.purpose().name()
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|consent| consent.name() == name)
    }
}

impl RawWithdrawal {
    /// # Errors
    /// When it names nothing that anybody agrees to.
    pub fn parse(&self) -> Result<Consent, Vec<Problem>> {
        let mut problems = Problems::default();
        let consent = Consent::parse(&self.consent);
        if consent.is_none() {
            problems.add(Field::Key, Fault::Unknown);
        }
        problems.or(consent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::Ground;

    #[test]
    fn only_what_rests_on_consent_can_be_taken_back() {
        for consent in Consent::ALL {
            assert_eq!(Consent::parse(consent.name()), Some(consent));
            assert!(consent.ends().contains(&consent.purpose()));
            assert!(consent.ends().iter().all(|purpose| purpose.ground() == Ground::Consent));
        }
        for other in ["respond", "own-access", "moderate", ""] {
            assert!(RawWithdrawal { consent: other.into() }.parse().is_err(), "{other}");
        }
    }

    #[test]
    fn whoever_deletes_the_contact_cannot_be_written_to() {
        assert!(Consent::CallBack.ends().contains(&Purpose::Tell));
        assert!(!Consent::Tell.ends().contains(&Purpose::CallBack), "a voice on the telephone is another matter");
    }
}
