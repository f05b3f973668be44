//! Sending a report.

use leptos::prelude::*;
use model::report::RawReport;

use super::{Kept, Trouble, conclude, show_again};
use crate::compat;

/// Takes a report in and answers with the address of its receipt. Anybody may call it: nobody has to say who they are to ask for help.
///
/// With a `language` to switch to, the form is only shown again.
#[server(prefix = "/act", endpoint = "report/send")]
pub async fn send_report(
    #[server(flatten)] report: RawReport,
    #[server(default)] language: String,
) -> Result<String, Trouble> {
    if !language.is_empty() {
        return show_again(Kept::Report(report), "/report".to_owned());
    }
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let result = hub.submit(&report, &use_context::<hub::Source>().unwrap_or_default()).await;
    conclude(result.map(|submitted| format!("/receipt/{}", submitted.link.as_str())), || Kept::Report(report))
}
