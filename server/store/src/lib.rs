//! Durable state and the event log: one set of SQL for SQLite and PostgreSQL.
//!
//! The methods of [`Store`] are as large as a use case and atomic each. What changes state goes through the one [`writer`] task, which
//! gathers whatever is waiting into one transaction; a method returns after that transaction's commit has reached the disk.

mod advice;
mod backup;
mod blobs;
mod connect;
mod consent;
mod counts;
mod duplicate;
mod engine;
mod error;
mod group;
mod handling;
mod incident;
mod incident_step;
mod intake;
mod journal;
mod keep;
mod lease;
mod log;
mod lookup;
mod meta;
mod migrations;
mod near;
mod note;
mod notice;
mod opening;
mod outcome;
mod photo;
mod program;
mod progress;
mod published;
mod reach;
mod read;
mod redaction;
mod report;
mod restore;
mod rows;
mod sighting;
mod staff;
mod step;
mod transaction;
mod transfer;
mod writer;

pub use backup::Backup;
pub use blobs::Blobs;
pub use connect::{Place, Settings, Store};
pub use consent::Basis;
pub use counts::Count;
pub use error::StoreError;
pub use handling::{Handling, HandlingRow, NEVER, NewHandling, Queue, QueueRow};
pub use incident::{IncidentLine, IncidentRow, IncidentStepRow};
pub use incident_step::{Incident, Member, NewIncidentStep, Part};
pub use intake::{NewReport, Origin, Taken};
pub use journal::JournalRow;
pub use log::{NewEvent, kind};
pub use near::NearRow;
pub use note::{NewNote, NoteRow};
pub use notice::{ListAsk, NewNotice, NoticeRow, Tried};
pub use opening::Opening;
pub use outcome::{Ending, SolvedRow};
pub use photo::{NewPhoto, PhotoRow, PhotoTaken};
pub use program::{MovedRow, Program};
pub use progress::{Applied, Counted};
pub use published::{PublishedRow, Wanted};
pub use reach::{Mark, OwnRow, Reach};
pub use redaction::RedactionRow;
pub use report::{ExportRow, ReportRow};
pub use restore::RestoreError;
pub use staff::{NewPass, PassKind, StaffRow};
pub use step::{Change, NewStep, StepRow, Stepped};

/// What every method of the store gives back.
pub type Result<T> = std::result::Result<T, StoreError>;
