//! The command line.

use clap::{Parser, Subcommand};

use crate::commands::{backup, check_config, export, healthcheck, hub, import, migrate, restore, serve, staff};

/// 守望 Shouwang: the public door of a city's safety system.
#[derive(Debug, Parser)]
#[command(name = "shouwang", version, about, max_term_width = 120)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal.
    Serve(Box<serve::Args>),
    /// Run the hub's consumers as a process of their own; takes a database and a feed by URL.
    Hub(Box<hub::Args>),
    /// Bring the database's schema up to date, and say of which version it is.
    Migrate(migrate::Args),
    /// Take in reports from a CSV file, plain or zipped; a second run adds nothing.
    Import(Box<import::Args>),
    /// Write reports (without anything sealed) or counts as CSV.
    Export(export::Args),
    /// Write everything in the store to a file, while the store goes on working.
    Backup(backup::Args),
    /// Put a backup in place of what the store holds.
    Restore(restore::Args),
    /// Let people of the departments in: add them, give them links, end their service.
    Staff(staff::Args),
    /// Ask a running server whether it is ready; for containers and scripts.
    Healthcheck(healthcheck::Args),
    /// Read the configuration of `serve`, say what is in force, and open nothing.
    CheckConfig(Box<check_config::Args>),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
