//! Sending a report.

use leptos::prelude::*;
use model::report::RawReport;

use super::{Kept, Trouble, conclude};
use crate::compat;

/// Takes a report in and answers with the address of its receipt. Anybody may call it: nobody has to say who they are to ask for help.
#[server(prefix = "/act", endpoint = "report/send")]
pub async fn send_report(#[server(flatten)] report: RawReport) -> Result<String, Trouble> {
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let result = hub.submit(&report).await;
    conclude(result.map(|submitted| format!("/receipt/{}", submitted.link.as_str())), || Kept::Report(report))
}
