//! Taking words out of sight at the desk, and the originals for whoever may do so.

use model::basis::Purpose;
use model::id::{Key, Reference};
use model::note::Noted;
use model::place::Place;
use model::question::{self, Answers, Kind};
use model::redaction::{Part, RawRedaction, Reason, Shown};
use model::report::Told;
use model::staff::Right;
use model::step::{Act, Actor, Words};
use store::{ReportRow, StepRow};

use crate::moves::Taking;
use crate::vault::{self, SubjectKey};
use crate::{Grant, Hub, HubError, Photo, Staff};

/// What is not shown as it was written.
#[derive(Clone, Debug)]
pub struct Hidden {
    pub part: Part,
    pub reason: Reason,
    pub shown: Shown,
}

/// Words as they were written.
#[derive(Clone, Debug)]
pub struct Original {
    pub part: Part,
    pub text: String,
    /// The same with everything that looks private blacked out.
    pub proposed: String,
    pub hidden: Option<Hidden>,
}

/// The words of a report as they were written.
#[derive(Clone, Debug)]
pub struct Originals {
    pub key: Key,
    pub reference: Reference,
    /// To be sent back with a redaction.
    pub seen: i64,
    pub texts: Vec<Original>,
    /// With what is read instead of those that are hidden.
    pub photos: Vec<Photo>,
    pub hidden: Vec<Hidden>,
}

impl Hub {
    /// Opens the words of a report as they were written, for whoever takes words out of sight. That is journalled apart.
    ///
    /// # Errors
    /// `NotYours`, `NotGranted`, `NoSuchLink`, or the store's.
    pub async fn originals(&self, staff: &Staff, key: &str) -> Result<Originals, HubError> {
        let (row, handling) = self.shown_to(staff, key).await?;
        if !staff.role.may(Right::Redact) {
            return Err(HubError::NotYours);
        }
        let grant = self.grant_staff(&row, Purpose::Moderate, staff).await?;
        let subject = self.0.vault.subject(row.key, row.wrapped.as_deref().ok_or(HubError::NotGranted)?)?;
        let hidden = self.hidden(row.key, &subject, &grant).await?;
        let steps = self.0.store.steps(row.key).await?;
        let texts = texts(&row, &steps, &subject, &grant)?.into_iter().map(|(part, text)| Original {
            part,
            proposed: model::private::redacted(&text, &model::private::find(&text)),
            hidden: hidden.iter().find(|hidden| hidden.part == part).cloned(),
            text,
        });
        let texts = texts.collect();
        let photos = self.photos_of(&row, &subject, &grant, &hidden).await?;
        Ok(Originals { key: row.key, reference: row.key.reference(), seen: handling.version, texts, photos, hidden })
    }

    /// Takes words of a report out of sight or shows them again, once. Whoever wrote them keeps seeing them, and reads why.
    ///
    /// # Errors
    /// As for [`Hub::act`].
    pub async fn redact(&self, staff: &Staff, key: &str, raw: &RawRedaction) -> Result<(), HubError> {
        let (row, handling) = self.shown_to(staff, key).await?;
        if !staff.role.may(Right::Redact) {
            return Err(HubError::NotYours);
        }
        let redaction = raw.parse().map_err(HubError::Invalid)?;
        if let Some(known) = self.0.store.step_hash(redaction.key, row.key).await? {
            return if known == redaction.hash { Ok(()) } else { Err(HubError::Conflict) };
        }
        self.free_for(staff, row.key, &handling).await?;
        if redaction.seen != handling.version {
            return Err(HubError::Stale);
        }
        let subject = self.0.vault.subject(row.key, row.wrapped.as_deref().ok_or(HubError::NotGranted)?)?;
        let there = match redaction.part {
            Part::What | Part::Address | Part::Position | Part::Site | Part::Substance | Part::Places => true,
            Part::Answer(code) => asks_for_words(&row.category).any(|asked| asked == code),
            Part::Said(said) => self.0.store.steps(row.key).await?.iter().any(|step| step.key == said && is_said(step)),
            Part::Note(note) => row.notes.iter().any(|other| other.key == note),
            Part::Photo(photo) => self.0.store.photos(row.key).await?.iter().any(|other| other.id == photo),
        };
        if !there {
            return Err(HubError::NoSuchLink);
        }
        let why = redaction.why;
        let sealed = redaction.shown.map(|(reason, text)| {
            let shown = Shown { text, why: why.clone() };
            subject.seal(vault::Part::Shown, &shown).map(|shown| (reason, shown))
        });
        let sealed = sealed.transpose()?;
        let reason = sealed.as_ref().map_or("shown", |(reason, _)| reason.name());
        let taking = Taking {
            detail: Some(reason.to_owned()),
            told: Some(Words { text: Some(why), ..Words::default() }),
            ..Taking::by(staff, redaction.key, redaction.hash, Act::Redact, handling.handling)
        };
        let (step, change) = self.sealed(&row, handling.version, taking)?;
        self.stepped(self.0.store.redact(step, change, redaction.part, sealed).await?)
    }

    /// What of a report is not shown as it was written.
    pub(crate) async fn hidden(
        &self,
        report: Key,
        subject: &SubjectKey,
        grant: &Grant,
    ) -> Result<Vec<Hidden>, HubError> {
        let rows = self.0.store.redactions(report).await?.into_iter();
        rows.map(|row| {
            let shown = subject.open(grant, vault::Part::Shown, &row.shown)?;
            Ok(Hidden { part: row.part, reason: row.reason, shown })
        })
        .collect()
    }
}

/// What is read instead of a part, if it is hidden.
pub(crate) fn instead(hidden: &[Hidden], part: Part) -> Option<String> {
    hidden.iter().find(|hidden| hidden.part == part).map(|hidden| hidden.shown.text.clone())
}

/// What the desk reads of a report.
pub(crate) fn without(hidden: &[Hidden], mut told: Told) -> Told {
    told.what = instead(hidden, Part::What).or(told.what);
    told.place.address = instead(hidden, Part::Address).or(told.place.address);
    told.place.typed = instead(hidden, Part::Position).or(told.place.typed);
    told.site.name = instead(hidden, Part::Site).or(told.site.name);
    told.site.substance = instead(hidden, Part::Substance).or(told.site.substance);
    if let Some(places) = instead(hidden, Part::Places) {
        told.site.places = vec![Place { address: Some(places), ..Place::default() }];
    }
    for hidden in hidden {
        if let Part::Answer(code) = hidden.part {
            told.answers.set(code, vec![hidden.shown.text.clone()]);
        }
    }
    told
}

/// Whether the person who reported said something with a step. What the staff says is theirs to answer for.
fn is_said(step: &StepRow) -> bool {
    step.actor == Actor::Citizen && step.told.is_some()
}

/// The codes of the questions of a category that are answered in free text.
fn asks_for_words(category: &str) -> impl Iterator<Item = &'static str> + use<> {
    let questions = question::for_category(category).iter();
    questions.filter(|question| question.kind == Kind::Text).map(|question| question.code)
}

/// The answers in free text, by the code of the question.
fn words_of<'a>(category: &str, answers: &'a Answers) -> impl Iterator<Item = (&'static str, String)> + use<'a> {
    let answered = asks_for_words(category).map(|code| (code, answers.of(code).join("\n")));
    answered.filter(|(_, text)| !text.is_empty())
}

fn texts(
    row: &ReportRow,
    steps: &[StepRow],
    subject: &SubjectKey,
    grant: &Grant,
) -> Result<Vec<(Part, String)>, HubError> {
    let Told { what, place, answers, site } = subject.open(grant, vault::Part::Told, &row.told)?;
    let places =
        site.places.into_iter().filter_map(|place| place.address.or(place.typed)).collect::<Vec<_>>().join("\n");
    let first = [
        (Part::What, what),
        (Part::Address, place.address),
        (Part::Position, place.typed),
        (Part::Site, site.name),
        (Part::Substance, site.substance),
        (Part::Places, Some(places).filter(|places| !places.is_empty())),
    ];
    let mut texts: Vec<_> = first.into_iter().filter_map(|(part, text)| Some((part, text?))).collect();
    texts.extend(words_of(&row.category, &answers).map(|(code, text)| (Part::Answer(code), text)));
    for note in &row.notes {
        let text = match subject.open(grant, vault::Part::Note, &note.text)? {
            Noted::Words(words) => words.0,
            Noted::Answers(answers) => {
                words_of(&row.category, &answers).map(|(_, text)| text).collect::<Vec<_>>().join("\n")
            }
        };
        texts.extend(Some((Part::Note(note.key), text)).filter(|(_, text)| !text.is_empty()));
    }
    for step in steps.iter().filter(|step| is_said(step)) {
        let Some(words) = &step.told else { continue };
        let text = subject.open(grant, vault::Part::Answered, words)?.text;
        texts.extend(text.map(|text| (Part::Said(step.key), text)));
    }
    Ok(texts)
}
