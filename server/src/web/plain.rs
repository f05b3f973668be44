//! Answers for when there is no page to make: in both languages, with the emergency numbers, and nothing that could fail.

use std::any::Any;
use std::sync::Arc;

use app::site::Site;
use app::text::{Locale, Text};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::ResponseForPanic;

use super::drain::drain;
use super::state::AppState;

/// The page, made once at the start.
#[derive(Clone)]
pub struct Plain(Arc<str>);

/// What went wrong, in Chinese and in English.
fn sentence(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::BAD_REQUEST => ("这次提交无法读取，请返回重试。", "This could not be read. Go back and try again."),
        StatusCode::FORBIDDEN => {
            ("这次提交来自其他网站，未予受理。", "This was sent by another website and was not accepted.")
        }
        StatusCode::NOT_FOUND => ("这里没有内容。", "There is nothing here."),
        StatusCode::METHOD_NOT_ALLOWED => ("此处不能这样提交。", "This cannot be done here."),
        StatusCode::REQUEST_TIMEOUT => (
            "网络太慢，内容没有收全，请返回重试。",
            "The connection was too slow and not everything arrived. Go back and try again.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("内容太长，未能受理，请返回缩短后重试。", "This is too long. Go back, shorten it and try again.")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ("无法读取这种格式的内容。", "This kind of content cannot be read."),
        StatusCode::TOO_MANY_REQUESTS => {
            ("请求太多，请稍等片刻再试。", "Too many requests. Wait a moment and try again.")
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            ("暂时无法使用，请过一分钟再试。", "Not available at the moment. Try again in a minute.")
        }
        _ => ("我们这里出了差错，请再试一次。", "Something went wrong on our side. Please try again."),
    }
}

impl Plain {
    pub fn new(site: &Site) -> Self {
        let numbers: String = site
            .numbers
            .iter()
            .map(|(service, number)| {
                let name = |locale| Text::of(locale).of_family("service", service.name());
                format!(
                    "<li><a class=\"call\" href=\"tel:{number}\"><b>{number}</b> <span>{} · <span lang=\"en\">{}</span></span></a></li>",
                    name(Locale::Chinese),
                    name(Locale::English)
                )
            })
            .collect();
        Self(
            format!(
                "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
                 <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>守望 Shouwang</title>\
                 <link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\"><style>{css}</style></head>\
                 <body><main><h1>{{zh}}</h1><p class=\"lead\" lang=\"en\">{{en}}</p>\
                 <section class=\"danger\"><h2>遇到危险请立即拨打 <span lang=\"en\">In danger? Call now</span></h2>\
                 <ul class=\"numbers\">{numbers}</ul></section>\
                 <p><a href=\"/\">首页 · <span lang=\"en\">Home page</span></a></p></main></body></html>",
                css = site.css
            )
            .into(),
        )
    }

    /// The page for a status.
    pub fn answer(&self, status: StatusCode) -> Response {
        let (chinese, english) = sentence(status);
        let page = self.0.replace("{zh}", chinese).replace("{en}", english);
        let mut response = (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response();
        if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("30"));
        }
        never_keep(&mut response);
        response
    }

    pub fn on_panic(&self) -> OnPanic {
        OnPanic(self.clone())
    }
}

/// Nobody on the way may keep a copy.
pub fn never_keep(response: &mut Response) {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

pub async fn wrong_method(State(state): State<AppState>, request: Request) -> Response {
    drain(request.into_body()).await;
    state.0.plain.answer(StatusCode::METHOD_NOT_ALLOWED)
}

/// A defect in one request ends that request alone.
#[derive(Clone)]
pub struct OnPanic(Plain);

impl ResponseForPanic for OnPanic {
    type ResponseBody = Body;

    fn response_for_panic(&mut self, panic: Box<dyn Any + Send + 'static>) -> Response {
        let what = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let what = what.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        tracing::error!(panic = what, "a request panicked");
        self.0.answer(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
