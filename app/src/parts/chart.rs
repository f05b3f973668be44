//! A bar for each hour of the day, drawn on the server.

use leptos::prelude::*;

use crate::text::Text;

const WIDTH: f64 = 25.0;
const HEIGHT: f64 = 180.0;
const FOOT: f64 = 30.0;

/// The chart of 24 totals, with its text alternative.
pub fn hours(text: Text, totals: &[i64]) -> impl IntoView + use<> {
    let most = totals.iter().copied().max().unwrap_or(0).max(1);
    let label = alternative(text, totals);
    let bars: Vec<_> = totals.iter().enumerate().map(|(hour, total)| bar(hour, *total, most)).collect();
    let width = WIDTH * 24.0;
    view! {
        <svg class="chart" role="img" aria-label=label viewBox=format!("0 -26 {width} {}", HEIGHT + FOOT + 26.0)>
            <line class="axis" x1="0" x2=width y1=HEIGHT y2=HEIGHT></line>
            {bars}
        </svg>
    }
}

#[expect(clippy::cast_precision_loss, reason = "a drawing of 180 units needs no more")]
fn bar(hour: usize, total: i64, most: i64) -> impl IntoView + use<> {
    let height = HEIGHT * total as f64 / most as f64;
    let left = WIDTH * hour as f64;
    // Every third hour is named, and the tallest bar says how tall it is.
    let name = hour.is_multiple_of(3).then(|| {
        view! { <text class="tick" x=format!("{:.1}", left + WIDTH / 2.0) y=HEIGHT + 24.0 text-anchor="middle">{hour.to_string()}</text> }
    });
    let value = (total == most).then(|| {
        let x = (left + WIDTH / 2.0).clamp(24.0, WIDTH * 24.0 - 24.0);
        view! { <text class="tick" x=format!("{x:.1}") y=format!("{:.1}", HEIGHT - height - 5.0) text-anchor="middle">{total.to_string()}</text> }
    });
    view! {
        <rect class="bar" x=format!("{:.1}", left + 2.0) y=format!("{:.1}", HEIGHT - height) width=WIDTH - 4.0 height=format!("{height:.1}")></rect>
        {value}
        {name}
    }
}

fn alternative(text: Text, totals: &[i64]) -> String {
    let low = totals.iter().enumerate().min_by_key(|(_, total)| **total).unwrap_or((0, &0));
    let high = totals.iter().enumerate().max_by_key(|(_, total)| **total).unwrap_or((0, &0));
    text.with(
        "open-hour-chart",
        &[("low", low.0.into()), ("least", (*low.1).into()), ("high", high.0.into()), ("most", (*high.1).into())],
    )
}
