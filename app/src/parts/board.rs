//! The hub's counts as tables and a chart.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use hub::{Hub, Overview, Period};
use leptos::prelude::*;
use model::anonymity;

use crate::compat::still::Finish;
use crate::parts::{chart, time};
use crate::text::{Locale, Text};

/// Areas that are listed.
const AREAS: usize = 50;

/// The board of an overview as HTML. Drawn once for each overview and language: a crowd that reads the same counts reads the same text.
pub fn html(hub: &Hub, text: Text, overview: &Arc<Overview>) -> Arc<str> {
    type Drawn = HashMap<(Period, Locale), (Arc<Overview>, Arc<str>)>;
    static DRAWN: LazyLock<Mutex<Drawn>> = LazyLock::new(Mutex::default);
    let place = (overview.period, text.locale());
    let known = DRAWN.lock().ok().and_then(|drawn| drawn.get(&place).cloned());
    if let Some((of, html)) = known
        && Arc::ptr_eq(&of, overview)
    {
        return html;
    }
    let html: Arc<str> = board(hub, text, overview).to_html().into();
    if let Ok(mut drawn) = DRAWN.lock() {
        drawn.insert(place, (overview.clone(), html.clone()));
    }
    html
}

fn board(hub: &Hub, text: Text, overview: &Overview) -> impl IntoView + use<> {
    let at = text.with("open-at", &[("time", time::shown(hub, overview.at).into())]);
    let behind = (overview.behind > 0).then(|| text.with("open-behind", &[("count", overview.behind.into())]));
    let Some((first, last)) = overview.span else {
        return view! {
            <p class="hint">{at}" "{behind}</p>
            <p class="empty">{text.get("open-empty")}</p>
            {solved(text, overview)}
        }
        .still();
    };
    let span = [("from", time::shown(hub, first).into()), ("to", time::shown(hub, last).into())];
    let span = text.with("open-span", &span);
    view! {
        <p class="hint">{at}" "{span}" "{behind}</p>
        {by_category(text, overview)}
        {by_hour(text, overview)}
        {by_area(hub, text, overview)}
        {solved(text, overview)}
    }
    .still()
}

fn by_category(text: Text, overview: &Overview) -> impl IntoView + use<> {
    let total = overview.total;
    let rows: Vec<_> = overview
        .by_category
        .iter()
        .map(|(category, reports)| {
            view! {
                <tr>
                    <td>{text.of_family("class", category.class.code())}</td>
                    <th scope="row">{text.of_family("category", category.code)}</th>
                    <td class="number">{reports.to_string()}</td>
                    <td class="number">{share(*reports, total)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <h2 id="by-category">{text.get("open-by-category")}</h2>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="by-category">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{text.get("open-class")}</th>
                        <th scope="col">{text.get("open-kind")}</th>
                        <th scope="col" class="number">{text.get("open-reports")}</th>
                        <th scope="col" class="number">{text.get("open-share")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <td></td>
                        <th scope="row">{text.get("open-total")}</th>
                        <td class="number">{total.to_string()}</td>
                        <td class="number">{share(total, total)}</td>
                    </tr>
                </tfoot>
            </table>
        </div>
    }
}

/// Tenths of a per cent, in whole numbers.
fn share(part: i64, whole: i64) -> String {
    let tenths = (part * 2_000 / whole.max(1) + 1) / 2;
    format!("{}.{} %", tenths / 10, tenths % 10)
}

fn by_hour(text: Text, overview: &Overview) -> impl IntoView + use<> {
    let totals: Vec<i64> = overview.by_hour.iter().map(|row| row.iter().sum()).collect();
    let heads: Vec<_> = overview
        .by_category
        .iter()
        .map(|(category, _)| view! { <th scope="col" class="number">{text.of_family("category", category.code)}</th> })
        .collect();
    let rows: Vec<_> = overview
        .by_hour
        .iter()
        .enumerate()
        .map(|(hour, counts)| {
            let cells: Vec<_> =
                counts.iter().map(|count| view! { <td class="number">{count.to_string()}</td> }).collect();
            let total: i64 = counts.iter().sum();
            view! { <tr><th scope="row">{hour.to_string()}</th>{cells}<td class="number">{total.to_string()}</td></tr> }
        })
        .collect();
    view! {
        <h2 id="by-hour">{text.get("open-by-hour")}</h2>
        {chart::hours(text, &totals)}
        <div class="scroll" tabindex="0" role="region" aria-labelledby="by-hour">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{text.get("open-hour")}</th>
                        {heads}
                        <th scope="col" class="number">{text.get("open-total")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn by_area(hub: &Hub, text: Text, overview: &Overview) -> impl IntoView + use<> {
    let rows: Vec<_> = overview
        .by_cell
        .iter()
        .take(AREAS)
        .map(|(cell, reports)| {
            let (latitude, longitude) = cell.centre();
            view! {
                <tr>
                    <th scope="row"><code>{cell.to_string()}</code></th>
                    <td class="number">{format!("{latitude:.3}, {longitude:.3}")}</td>
                    <td class="number">{reports.to_string()}</td>
                </tr>
            }
        })
        .collect();
    let more = (overview.by_cell.len() > AREAS)
        .then(|| text.with("open-areas-more", &[("shown", AREAS.into()), ("all", overview.by_cell.len().into())]));
    let left_out = (overview.cells_left_out > 0).then(|| {
        text.with("open-areas-left-out", &[("count", overview.cells_left_out.into()), ("k", anonymity::K.into())])
    });
    let table = (!rows.is_empty()).then(|| {
        view! {
            <div class="scroll" tabindex="0" role="region" aria-labelledby="by-area">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{text.get("open-area")}</th>
                            <th scope="col" class="number">{text.get("open-centre")}</th>
                            <th scope="col" class="number">{text.get("open-reports")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    view! {
        <h2 id="by-area">{text.get("open-by-area")}</h2>
        <p class="hint">{text.with("open-areas-until", &[("time", time::shown(hub, overview.cells_until).into())])}</p>
        {table}
        <p>{more}" "{left_out}</p>
    }
}

fn solved(text: Text, overview: &Overview) -> impl IntoView + use<> {
    let k = [("k", anonymity::K.into())];
    let rows: Vec<_> = overview
        .solved
        .iter()
        .map(|solved| {
            let contested = solved.contested.map(|contested| contested.to_string());
            view! {
                <tr>
                    <th scope="row">{text.of_family("class", solved.class.code())}</th>
                    <td class="number">{solved.reports.to_string()}</td>
                    <td class="number">{contested.unwrap_or_else(|| text.get("open-solved-hidden").to_owned())}</td>
                </tr>
            }
        })
        .collect();
    let content = if rows.is_empty() {
        view! { <p>{text.with("open-solved-none", &k)}</p> }.still()
    } else {
        view! {
            <div class="scroll" tabindex="0" role="region" aria-labelledby="solved">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{text.get("open-class")}</th>
                            <th scope="col" class="number">{text.get("open-solved-first")}</th>
                            <th scope="col" class="number">{text.get("open-solved-contested")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p><a href="/solved.csv" download="shouwang-solved.csv">{text.get("open-solved-download")}</a></p>
        }
        .still()
    };
    view! {
        <h2 id="solved">{text.get("open-solved")}</h2>
        <p class="hint">{text.with("open-solved-lead", &k)}</p>
        {content}
    }
}
