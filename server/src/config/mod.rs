//! Configuration: one file a concern, every field a flag and a variable, secrets from files.

pub mod data;
pub mod feed;
mod gazetteer;
pub mod home;
pub mod secret;
pub mod site;
pub mod tell;
pub mod web;
