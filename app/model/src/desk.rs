//! What somebody of the staff does to a report: the form as it came, and what it means.

use serde::{Deserialize, Serialize};

use crate::canonical::{Canonical, Hash};
use crate::department::Department;
use crate::form::{Fault, Field, Problem, Problems};
use crate::id::Key;
use crate::status::{LegalGround, Status};

/// Sentences for the person who reported that need not be typed each time, and are read in the reader's own language. What they say
/// stands beside the other texts, as `template-done-repaired`; the first part is the state they belong to: see [`templates_of`].
pub const TEMPLATES: [&str; 16] = [
    "in-progress-on-the-way",
    "in-progress-material",
    "in-progress-planned",
    "waiting-where",
    "waiting-still",
    "waiting-since",
    "done-repaired",
    "done-rescued",
    "done-cleared",
    "partly-secured",
    "refused-elsewhere",
    "refused-court",
    "resolved-itself-gone",
    "resolved-itself-nothing-found",
    "duplicate-joined",
    "unreachable-three-times",
];

/// The sentences that belong to a state; those of [`Status::Waiting`] are questions.
pub fn templates_of(status: Status) -> impl Iterator<Item = &'static str> {
    let rest = move |template: &str| template.strip_prefix(status.name()).is_some_and(|rest| rest.starts_with('-'));
    TEMPLATES.into_iter().filter(move |template| rest(template))
}

/// The form as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawMove {
    pub key: String,
    /// The version of the report that the page showed.
    pub seen: String,
    /// Which of the page's forms.
    pub act: String,
    pub to: String,
    pub template: String,
    pub ground: String,
    pub evidence: String,
    pub duplicate: String,
    pub department: String,
    pub told: String,
    pub inner: String,
    /// `yes`: in the place of whoever is at work on it.
    pub over: String,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Change the state. What the change needs beyond this, the table of ways says: see [`crate::status::step`].
    Change {
        to: Status,
        template: Option<&'static str>,
        ground: Option<LegalGround>,
        /// What shows that it is done.
        evidence: Option<String>,
        /// The reference of another report, as somebody typed it.
        duplicate: Option<String>,
    },
    /// Ask the person who reported.
    Ask {
        template: Option<&'static str>,
    },
    /// Offer the report to another department.
    Offer(&'static Department),
    Accept,
    Refuse,
    Remark,
    /// Go on in the place of whoever is at work on it.
    TakeUp,
}

/// A move that can be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    pub key: Key,
    pub seen: i64,
    pub doing: Doing,
    /// What the person who reported reads.
    pub told: Option<String>,
    /// What the desk alone reads.
    pub inner: Option<String>,
    /// Whether it is done in the place of whoever is at work on the report.
    pub over: bool,
    /// Of everything above but the version and the taking over, as it was sent.
    pub hash: Hash,
}

impl Doing {
    /// Whether it is for whoever is at work on the report alone, while somebody is.
    pub fn is_for_one(&self) -> bool {
        !matches!(self, Self::TakeUp | Self::Remark | Self::Accept | Self::Refuse)
    }
}

impl RawMove {
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(&self) -> Result<Move, Vec<Problem>> {
        let mut problems = Problems::default();
        let key = Key::parse(&self.key);
        let seen = self.seen.parse().ok();
        if key.is_none() || seen.is_none() {
            problems.add(Field::Key, Fault::Unknown);
        }
        let told = problems.text(Field::Told, &self.told);
        let inner = problems.text(Field::Inner, &self.inner);
        let doing = match self.act.as_str() {
            "change" => self.change(&mut problems),
            "ask" => self.ask(&mut problems, told.is_some()),
            "offer" => self.offer(&mut problems, inner.is_some()),
            "accept" => Some(Doing::Accept),
            "take-up" => Some(Doing::TakeUp),
            "refuse" => needed(&mut problems, Field::Inner, inner.is_some()).then_some(Doing::Refuse),
            "remark" => needed(&mut problems, Field::Inner, inner.is_some()).then_some(Doing::Remark),
            _ => {
                problems.add(Field::Key, Fault::Unknown);
                None
            }
        };
        let (over, hash) = (self.over == "yes", self.hash());
        let made = key.zip(seen).zip(doing);
        problems.or(made.map(|((key, seen), doing)| Move { key, seen, doing, told, inner, over, hash }))
    }

    fn change(&self, problems: &mut Problems) -> Option<Doing> {
        let to = Status::parse(&self.to);
        if to.is_none() {
            problems.add(Field::To, if self.to.is_empty() { Fault::Missing } else { Fault::Unknown });
        }
        let template = self.template(problems, to);
        let ground = chosen(problems, Field::Ground, &self.ground, LegalGround::parse);
        let evidence = problems.text(Field::Evidence, &self.evidence);
        let duplicate = problems.text(Field::Duplicate, &self.duplicate).map(|text| text.trim().to_uppercase());
        to.map(|to| Doing::Change { to, template, ground, evidence, duplicate })
    }

    fn ask(&self, problems: &mut Problems, said: bool) -> Option<Doing> {
        let template = self.template(problems, Some(Status::Waiting));
        needed(problems, Field::Told, said || template.is_some()).then_some(Doing::Ask { template })
    }

    /// One of the sentences that belong to the state.
    fn template(&self, problems: &mut Problems, of: Option<Status>) -> Option<&'static str> {
        chosen(problems, Field::Template, &self.template, |name| {
            of.and_then(|status| templates_of(status).find(|template| *template == name))
        })
    }

    fn offer(&self, problems: &mut Problems, said: bool) -> Option<Doing> {
        let department = Department::of(&self.department);
        if department.is_none() {
            problems.add(Field::Department, if self.department.is_empty() { Fault::Missing } else { Fault::Unknown });
        }
        needed(problems, Field::Inner, said).then_some(department).flatten().map(Doing::Offer)
    }

    fn hash(&self) -> Hash {
        let fields = [
            &self.act,
            &self.to,
            &self.template,
            &self.ground,
            &self.evidence,
            &self.duplicate,
            &self.department,
            &self.told,
            &self.inner,
        ];
        fields.into_iter().fold(Canonical::new("move/1"), |canonical, field| canonical.text(field)).hash()
    }
}

fn needed(problems: &mut Problems, field: Field, there: bool) -> bool {
    if !there {
        problems.add(field, Fault::Missing);
    }
    there
}

/// One of a list, or nothing.
fn chosen<T>(problems: &mut Problems, field: Field, name: &str, of: impl Fn(&str) -> Option<T>) -> Option<T> {
    if name.is_empty() {
        return None;
    }
    let found = of(name);
    if found.is_none() {
        problems.add(field, Fault::Unknown);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(act: &str) -> RawMove {
        RawMove {
            key: "01936b7e-5c00-7abc-8def-0123456789ab".into(),
            seen: "3".into(),
            act: act.into(),
            ..RawMove::default()
        }
    }

    fn faults(raw: &RawMove) -> Vec<(Field, Fault)> {
        raw.parse().unwrap_err().into_iter().map(|problem| (problem.field, problem.fault)).collect()
    }

    #[test]
    fn a_change_names_its_state() {
        let change = RawMove { to: "done".into(), told: "Put out".into(), ..raw("change") }.parse().unwrap();
        let doing = Doing::Change { to: Status::Done, template: None, ground: None, evidence: None, duplicate: None };
        assert_eq!((change.doing, change.seen), (doing, 3));
        assert_eq!(faults(&raw("change")), [(Field::To, Fault::Missing)]);
        let strange = RawMove { to: "gone".into(), template: "x".into(), ground: "y".into(), ..raw("change") };
        let unknown = [Field::To, Field::Template, Field::Ground].map(|field| (field, Fault::Unknown));
        assert_eq!(faults(&strange), unknown);
    }

    #[test]
    fn whoever_asks_passes_on_refuses_or_remarks_says_something() {
        assert_eq!(faults(&raw("ask")), [(Field::Told, Fault::Missing)]);
        for act in ["refuse", "remark"] {
            assert_eq!(faults(&raw(act)), [(Field::Inner, Fault::Missing)], "{act}");
            assert!(RawMove { inner: "Not ours".into(), ..raw(act) }.parse().is_ok(), "{act}");
        }
        assert_eq!(faults(&raw("offer")), [(Field::Department, Fault::Missing), (Field::Inner, Fault::Missing)]);
        assert!(raw("accept").parse().is_ok());
    }

    #[test]
    fn what_is_no_act_is_no_move() {
        assert_eq!(faults(&raw("dance")), [(Field::Key, Fault::Unknown)]);
        assert_eq!(faults(&RawMove { seen: "x".into(), ..raw("accept") }), [(Field::Key, Fault::Unknown)]);
    }

    #[test]
    fn a_sentence_belongs_to_one_state_and_is_said_of_no_other() {
        let all: Vec<_> = Status::ALL.into_iter().flat_map(templates_of).collect();
        assert_eq!(all.len(), TEMPLATES.len());
        let repaired = |to: &str| RawMove { to: to.into(), template: "done-repaired".into(), ..raw("change") };
        assert!(repaired("done").parse().is_ok());
        assert_eq!(faults(&repaired("in-progress")), [(Field::Template, Fault::Unknown)]);
    }

    #[test]
    fn a_question_can_be_one_of_those_that_are_often_asked() {
        let ask = |template: &str| RawMove { template: template.into(), ..raw("ask") };
        assert_eq!(ask("waiting-where").parse().unwrap().doing, Doing::Ask { template: Some("waiting-where") });
        assert_eq!(faults(&ask("done-repaired"))[0], (Field::Template, Fault::Unknown));
    }

    #[test]
    fn the_same_words_are_the_same_move_whatever_was_seen() {
        let hash = |raw: RawMove| raw.parse().unwrap().hash;
        assert_eq!(hash(raw("accept")), hash(RawMove { seen: "4".into(), ..raw("accept") }));
        assert_eq!(hash(raw("accept")), hash(RawMove { over: "yes".into(), ..raw("accept") }));
        assert_ne!(hash(raw("accept")), hash(RawMove { inner: "yes".into(), ..raw("accept") }));
    }
}
