//! One file a subcommand.

pub mod backup;
pub mod check_config;
pub mod export;
pub mod healthcheck;
pub mod hub;
pub mod import;
pub mod migrate;
pub mod restore;
pub mod serve;
pub mod staff;

use crate::cli::Command;

/// Whatever ends a command: said once, with its causes, on standard error.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

pub async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve(args) => serve::run(*args).await,
        Command::Hub(args) => hub::run(*args).await,
        Command::Migrate(args) => migrate::run(args).await,
        Command::Import(args) => import::run(*args).await,
        Command::Export(args) => export::run(args).await,
        Command::Backup(args) => backup::run(args).await,
        Command::Restore(args) => restore::run(args).await,
        Command::Staff(args) => staff::run(args).await,
        Command::Healthcheck(args) => healthcheck::run(args).await,
        Command::CheckConfig(args) => check_config::run(*args),
    }
}

/// Ends when the process is told to: SIGTERM, or SIGINT from a terminal.
pub async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
