//! A table of reports: as a file or as text, and what it costs.

use app::act::NAMED;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, StatusCode};
use encoding_rs::{Encoding, GB18030};
use hub::Hub;
use model::several::RawSeveral;

use super::forms::FORM;

/// The page, and the server function that takes its form.
pub const PATH: &str = "/report/several";
pub const ACT: &str = "/act/report/several";

/// The field that a file takes the place of.
const TABLE: &str = "table";
const FILE: &str = "file";

/// A multipart form as the plain one that it stands for: the text of its file takes the place of what was pasted.
///
/// # Errors
/// 400 when it is broken.
pub async fn plain(parts: &mut Parts, body: Bytes) -> Result<Bytes, StatusCode> {
    let mut request = Request::new(Body::from(body));
    request.headers_mut().clone_from(&parts.headers);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| StatusCode::BAD_REQUEST)?;
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(|_| StatusCode::BAD_REQUEST)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|_| StatusCode::BAD_REQUEST)?;
        match name.as_str() {
            FILE if bytes.is_empty() => {}
            FILE => file = Some(decoded(&bytes)),
            _ => fields.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    if let Some(file) = file {
        fields.retain(|(name, _)| name != TABLE);
        fields.push((TABLE.to_owned(), file));
    }
    let plain = serde_urlencoded::to_string(&fields).map_err(|_| StatusCode::BAD_REQUEST)?;
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static(FORM));
    parts.headers.remove(CONTENT_LENGTH);
    Ok(plain.into())
}

/// The text of a file: by its byte order mark, or UTF-8, or else what spreadsheets write in China (GB 18030).
fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// How many reports a form stores, and whether one of them tells of danger. A table that is only looked at costs as much as one report.
pub fn weight(hub: &Hub, body: &[u8]) -> (u32, bool) {
    let raw: RawSeveral = serde_urlencoded::from_bytes(body).unwrap_or_default();
    let lines = (raw.act == "send").then(|| hub.lines(&raw, &NAMED).ok()).flatten();
    let Some(lines) = lines else { return (1, false) };
    let count = u32::try_from(lines.sound().count()).unwrap_or(u32::MAX);
    (count.max(1), lines.lines.iter().any(hub::Line::tells_of_danger))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_its_spreadsheet_wrote_it() {
        let text = "类别,地址\n12P00,磨坊路";
        let utf_16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let ways: [Vec<u8>; 4] = [
            text.as_bytes().to_vec(),
            [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
            GB18030.encode(text).0.into_owned(),
            utf_16,
        ];
        for bytes in ways {
            assert_eq!(decoded(&bytes), text, "{bytes:?}");
        }
    }
}
