//! Promised times, as people read them.

use hub::{Clocks, Hub, Shown};
use leptos::prelude::*;
use model::promise::Reading;

use crate::parts::icon::{Icon, Shape};
use crate::parts::time;
use crate::text::Text;

/// Both clocks of a report; nothing, where nothing was promised.
pub fn line(text: Text, hub: &Hub, clocks: &Option<Clocks>) -> Option<impl IntoView + use<>> {
    let Clocks { answer, act } = (*clocks)?;
    Some(view! {
        <ul class="clocks">
            {clock(text, hub, "clock-answer", answer)}
            {clock(text, hub, "clock-act", act)}
        </ul>
    })
}

fn clock(text: Text, hub: &Hub, name: &'static str, shown: Shown) -> impl IntoView + use<> {
    let with = |key, time: String| text.with(key, &[("time", time.into())]);
    let (class, said) = match shown.reading {
        Reading::Running { left } => ("running", with("clock-left", span(text, left))),
        Reading::Soon { left } => ("soon", with("clock-soon", span(text, left))),
        Reading::Late { by } => ("late", with("clock-late", span(text, by))),
        Reading::Paused => ("paused", text.get("clock-paused").to_owned()),
        Reading::Met { in_time } => {
            let at = time::shown(hub, shown.met_at.unwrap_or(shown.due));
            ("met", with(if in_time { "clock-met" } else { "clock-met-late" }, at))
        }
    };
    let warns = matches!(shown.reading, Reading::Soon { .. } | Reading::Late { .. });
    let due = (shown.met_at.is_none()).then(|| with("clock-until", time::shown(hub, shown.due)));
    view! {
        <li class=format!("clock {class}")>
            {warns.then(|| view! { <Icon shape=Shape::Warning/> })}
            <b>{text.get(name)}</b>
            " "
            {said}
            {due.map(|due| view! { " "<span class="hint">{due}</span> })}
        </li>
    }
}

/// A span of minutes in the largest unit that fits it twice, so that it is never far off.
fn span(text: Text, minutes: i64) -> String {
    let (key, count) = match minutes {
        ..120 => ("clock-minutes", minutes),
        120..2_880 => ("clock-hours", minutes / 60),
        _ => ("clock-days", minutes / 1_440),
    };
    text.with(key, &[("count", count.into())])
}
