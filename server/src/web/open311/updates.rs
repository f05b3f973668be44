//! `servicerequestupdates`, mySociety's extension: how reports moved, and what a program says of a report that it sent.
//!
//! What is told is that a report has come to another state, and the legal ground of a refusal: no words of anybody. What a program says
//! becomes a note on its report; our state is ours, so the state it names stands in that note.

use app::text::Text;
use axum::http::{HeaderMap, StatusCode};
use hub::{HubError, ProgramNote, PublicId, PublicUpdate};
use jiff::Timestamp;

use super::answer::{Answer, File, Refusal, Reply};
use super::sent::Sent;
use super::services::{jurisdiction, text};
use super::value::Value;
use crate::web::state::AppState;
use crate::web::window::{self, MOST, Parameters, Window, parameter};

/// The states that a program may name.
const STATES: [&str; 12] = [
    "OPEN",
    "CLOSED",
    "FIXED",
    "IN_PROGRESS",
    "ACTION_SCHEDULED",
    "INVESTIGATING",
    "DUPLICATE",
    "NOT_COUNCILS_RESPONSIBILITY",
    "NO_FURTHER_ACTION",
    "INTERNAL_REFERRAL",
    "REOPEN",
    "FOR_TRIAGE",
];
/// How long a program's own name of an update may be.
const NAME: usize = 200;

pub async fn list(state: &AppState, file: &str, parameters: &Parameters, headers: &HeaderMap) -> Answer {
    let format = File::of(file)?.format;
    jurisdiction(state, file, parameters)?;
    let names = super::requests::NAMES;
    let window = window::window(parameters, &names, MOST, state.0.hub.now());
    let Window { since, until, limit, offset } = window.map_err(|text| Refusal::wrong(file, text))?;
    let updates = state.0.hub.updates(since, until, limit, offset).await;
    let updates = updates.map_err(|error| Refusal::failed(file, &error))?;
    let text = text(parameters, headers);
    let rows = updates.iter().map(|update| row(text, update)).collect();
    Ok(Reply { format, root: "service_request_updates", value: Value::List("request_update", rows) })
}

fn row(text: Text, update: &PublicUpdate) -> Value {
    Value::Record(vec![
        ("update_id", Value::text(update.id.to_string())),
        ("service_request_id", Value::text(update.report.to_string())),
        // Upper case on the way in, lower case on the way out: so the extension has it.
        ("status", Value::text(update.extended().to_ascii_lowercase())),
        ("external_status_code", Value::text(update.status.name())),
        ("updated_datetime", Value::time(update.at)),
        ("description", Value::text(described(text, update))),
        ("media_url", Value::text("")),
    ])
}

/// What the new state means, and why, in sentences of ours.
pub fn described(text: Text, update: &PublicUpdate) -> String {
    let ground = update.ground.map(|ground| text.of_family("ground", ground.name()));
    let words = [Some(text.of_family("status", update.status.name())), ground];
    words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Takes an update. The program's name for it makes it one, however often it is sent.
pub async fn post(state: &AppState, file: &str, sent: &Sent) -> Answer {
    let format = File::of(file)?.format;
    let forbidden = || Refusal::new(file, StatusCode::FORBIDDEN, "api_key is missing or wrong: an update takes one");
    let program = sent.source.program.ok_or_else(forbidden)?;
    let note = note(file, &sent.form)?;
    let taken = state.0.hub.note_by(program, &note).await;
    taken.map_err(|error| refused(file, &error))?;
    let update = Value::Record(vec![("update_id", Value::text(note.update))]);
    Ok(Reply { format, root: "service_request_updates", value: Value::List("request_update", vec![update]) })
}

fn note(file: &str, form: &Parameters) -> Result<ProgramNote, Refusal> {
    let of = |name| parameter(form, name);
    let needed = |name| of(name).ok_or_else(|| Refusal::wrong(file, format!("{name} was not provided")));
    let unknown = || Refusal::missing(file, "service_request_id was not found among those sent with this api_key");
    let report = PublicId::parse(needed("service_request_id")?.trim()).ok_or_else(unknown)?;
    let update = needed("update_id")?;
    if update.chars().count() > NAME {
        return Err(Refusal::wrong(file, format!("update_id is longer than {NAME} characters")));
    }
    let status = needed("status")?.trim().to_ascii_uppercase();
    if !STATES.contains(&status.as_str()) {
        return Err(Refusal::wrong(file, format!("status is one of {}", STATES.join(", "))));
    }
    let moment = needed("updated_datetime")?.trim().replace(' ', "+");
    if moment.parse::<Timestamp>().is_err() {
        let text = "updated_datetime is to be a time with its zone, as 2026-01-01T00:00:00Z";
        return Err(Refusal::wrong(file, text));
    }
    let state = (status != "OPEN").then(|| format!("({status})"));
    let words = [Some(needed("description")?), of("media_url"), state.as_deref()];
    Ok(ProgramNote {
        report,
        update: update.to_owned(),
        text: words.into_iter().flatten().collect::<Vec<_>>().join("\n"),
    })
}

fn refused(file: &str, error: &HubError) -> Refusal {
    match error {
        HubError::NoSuchLink => {
            Refusal::missing(file, "service_request_id was not found among those sent with this api_key")
        }
        HubError::Invalid(_) => Refusal::wrong(file, "too long, or not to be understood: description"),
        HubError::Conflict => Refusal::new(
            file,
            StatusCode::CONFLICT,
            "another update was sent under this update_id before; it is unchanged",
        ),
        error => Refusal::failed(file, error),
    }
}

#[cfg(test)]
mod tests {
    use model::status::{LegalGround, Status};

    use super::*;

    #[test]
    fn a_program_may_name_every_state_that_it_reads_from_us() {
        for status in Status::ALL {
            assert!(STATES.contains(&status.extended()), "{status:?}");
        }
        for ground in LegalGround::ALL {
            assert!(STATES.contains(&ground.extended()), "{ground:?}");
        }
    }
}
