//! What carries notices out of the house.

pub mod smtp;
pub mod webhook;
