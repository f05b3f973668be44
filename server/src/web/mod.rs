//! The portal over HTTP.

pub mod api;
pub mod assets;
pub mod client;
pub mod compress;
pub mod desk;
pub mod device;
mod drain;
pub mod forms;
pub mod headers;
pub mod health;
pub mod limit;
pub mod listen;
pub mod locale;
pub mod metrics;
pub mod observe;
pub mod open311;
pub mod origin;
pub mod pages;
mod photo;
pub mod plain;
pub mod program;
mod proof;
mod rate;
pub mod router;
pub mod state;
pub mod window;
mod worker;
