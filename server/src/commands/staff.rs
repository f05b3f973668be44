//! `shouwang staff`

use clap::{Subcommand, ValueEnum};
use hub::{Hub, Secret};
use jiff::Timestamp;
use model::department::{DEPARTMENTS, Department};
use model::id::Key;
use model::staff::Role;

use super::Failure;
use crate::config::data::DataArgs;
use crate::config::home::HomeArgs;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    act: Act,
}

/// What every act needs.
#[derive(Debug, clap::Args)]
struct Portal {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    home: HomeArgs,
    /// Where people reach the portal, as https://HOST: links are printed whole then.
    #[arg(long, env = "SHOUWANG_ORIGIN", value_name = "URL")]
    origin: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Add somebody, and print a link that signs them in once.
    Add {
        /// As the journal will name them.
        name: String,
        /// Whose queue they work on.
        #[arg(long, value_parser = department)]
        department: &'static Department,
        /// What they may do.
        #[arg(long, value_enum, default_value = "handler")]
        role: RoleArg,
        #[command(flatten)]
        portal: Portal,
    },
    /// Print a fresh link for somebody.
    Link {
        /// As `staff list` prints it.
        id: String,
        #[command(flatten)]
        portal: Portal,
    },
    /// End somebody's service: at once, nothing lets them in any more.
    End {
        /// As `staff list` prints it.
        id: String,
        #[command(flatten)]
        portal: Portal,
    },
    /// List everybody.
    List {
        #[command(flatten)]
        portal: Portal,
    },
}

/// The roles, as words of the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum RoleArg {
    Handler,
    DutyOfficer,
    Moderator,
    Administrator,
}

impl From<RoleArg> for Role {
    fn from(role: RoleArg) -> Self {
        match role {
            RoleArg::Handler => Self::Handler,
            RoleArg::DutyOfficer => Self::DutyOfficer,
            RoleArg::Moderator => Self::Moderator,
            RoleArg::Administrator => Self::Administrator,
        }
    }
}

pub async fn run(args: Args) -> Result<(), Failure> {
    let (Act::Add { portal, .. } | Act::Link { portal, .. } | Act::End { portal, .. } | Act::List { portal }) =
        &args.act;
    let hub = portal.data.hub(&portal.home).await?;
    let done = act(&hub, args.act).await;
    hub.store().close().await;
    done
}

async fn act(hub: &Hub, act: Act) -> Result<(), Failure> {
    match act {
        Act::Add { name, department, role, portal } => {
            let name = name.trim();
            if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
                return Err("a name has 1 to 100 letters".into());
            }
            let id = hub.add_staff(name, department, role.into()).await?;
            println!("{id}");
            print_link(&hub.invite(id).await?, &portal);
        }
        Act::Link { id, portal } => print_link(&hub.invite(in_service(hub, &id).await?).await?, &portal),
        Act::End { id, .. } => {
            let id = in_service(hub, &id).await?;
            hub.store().end_staff(id, hub.now()).await?;
        }
        Act::List { .. } => {
            for one in hub.store().staff().await? {
                let ended = if one.ended.is_some() { "\tended" } else { "" };
                println!("{}\t{}\t{}\t{}{ended}", one.id, one.department, one.role, one.name);
            }
        }
    }
    Ok(())
}

async fn in_service(hub: &Hub, id: &str) -> Result<Key, Failure> {
    let staff = hub.store().staff().await?;
    let found = staff.into_iter().find(|one| one.ended.is_none() && one.id.to_string() == id);
    found
        .map(|one| one.id)
        .ok_or_else(|| format!("nobody in service has the id {id:?}; see `shouwang staff list`").into())
}

/// The link alone on standard output, for scripts; what to know of it on standard error.
fn print_link(secret: &Secret, portal: &Portal) {
    let origin = portal.origin.as_deref().unwrap_or_default().trim_end_matches('/');
    println!("{origin}/desk/enter/{}", secret.text);
    let until = Timestamp::from_millisecond(secret.until).unwrap_or_default();
    eprintln!("the link signs in once, until {until}; whoever has it is let in");
}

fn department(code: &str) -> Result<&'static Department, String> {
    Department::of(code).ok_or_else(|| {
        let codes: Vec<&str> = DEPARTMENTS.iter().map(|department| department.code).collect();
        format!("the departments are {}", codes.join(", "))
    })
}
