//! What people see.
//!
//! Every page is complete without script. [`islands`] are all that reaches the browser as WebAssembly; everything else exists on the
//! server alone.

pub mod islands;

#[cfg(feature = "ssr")]
pub mod act;
#[cfg(feature = "ssr")]
pub mod compat;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub mod site;
#[cfg(feature = "ssr")]
pub mod text;

#[cfg(feature = "ssr")]
pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::shell;
