//! The vocabulary of the portal and its rules.
//!
//! Nothing here reads a clock, draws a random number, waits or touches the world: what a rule needs comes in as an argument.

pub mod alarm;
pub mod anonymity;
pub mod area;
pub mod basis;
pub mod calendar;
pub mod canonical;
pub mod category;
pub mod cell;
pub mod consent;
pub mod contact;
pub mod coordinates;
pub mod datum;
pub mod department;
pub mod desk;
pub mod event;
pub mod flood;
pub mod form;
pub mod gazetteer;
pub mod id;
pub mod incident;
pub mod map_link;
pub mod more;
pub mod narrow;
pub mod nearby;
pub mod note;
pub mod notice;
pub mod outlier;
pub mod place;
pub mod plus_code;
pub mod position;
pub mod private;
pub mod promise;
pub mod question;
pub mod redaction;
pub mod report;
pub mod routing;
pub mod sealed;
pub mod sending;
pub mod several;
pub mod site;
pub mod staff;
pub mod status;
pub mod step;
pub mod tally;
