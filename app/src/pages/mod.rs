//! One file a page.

pub mod companion;
pub mod consent;
pub mod desk;
pub mod home;
pub mod mine;
pub mod missing;
pub mod more;
pub mod open;
pub mod outbox;
pub mod receipt;
pub mod report;
pub mod several;
pub mod track;
pub mod verify;
