//! What pages are made of.

pub mod answered;
pub mod board;
pub mod call;
pub mod chart;
pub mod choice;
pub mod clock;
pub mod duplicates;
pub mod field;
pub mod fixed;
pub mod history;
pub mod icon;
pub mod moves;
pub mod notified;
pub mod own;
pub mod page;
pub mod photos;
pub mod phrases;
pub mod qr;
pub mod question;
pub mod refusal;
pub mod sent;
pub mod start;
pub mod summary;
pub mod time;
pub mod together;
