//! What the tests share: the portal as a process, clients that ask politely and rudely, and pages read as a browser reads them.

pub mod checks;
pub mod client;
pub mod commands;
pub mod data;
pub mod desk;
pub mod form;
pub mod gateway;
pub mod html;
pub mod multipart;
pub mod open311;
pub mod picture;
pub mod portal;
pub mod raw;
pub mod smtp;
pub mod wait;

#[path = "../../../store/tests/support/missing.rs"]
pub mod missing;
#[path = "../../../feed/tests/support/nats.rs"]
pub mod nats;
#[path = "../../../store/tests/support/postgres.rs"]
pub mod postgres;

/// What only the feed's own tests use.
const _: [fn(&nats::Nats); 3] = [nats::Nats::wipe, nats::Nats::freeze, nats::Nats::thaw];
