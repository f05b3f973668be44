//! What pages are made of.

pub mod board;
pub mod call;
pub mod chart;
pub mod choice;
pub mod field;
pub mod icon;
pub mod page;
pub mod qr;
pub mod start;
pub mod summary;
pub mod time;
