//! Mail by SMTP (RFC 5321), a connection for each.

use std::time::Duration;

use async_trait::async_trait;
use hub::{Mail, Mailer};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{self, AsyncSmtpTransport};
use lettre::{AsyncTransport, Tokio1Executor};
use model::notice::Reason;

use crate::commands::Failure;

/// How long a command may take, and all of them together.
const STEP: Duration = Duration::from_secs(20);
const WHOLE: Duration = Duration::from_secs(45);

/// Answers that say that we may not send at all (RFC 4954, section 6): that is ours to mend, and no fault of the address.
const NOT_US: [&str; 5] = ["530", "532", "534", "535", "538"];

pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Sent by a machine (RFC 3834, section 5), so that no machine answers.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Smtp {
    /// By `smtp://` (`?tls=required` for STARTTLS) or `smtps://`, with name and password in the URL.
    pub fn new(url: &str, from: &str) -> Result<Self, Failure> {
        if sends_password_in_the_open(url) {
            return Err("--smtp: a password would go over the network in the open: smtps://…, or …?tls=required".into());
        }
        // The error of the library is not shown: it may repeat the URL, with its password.
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| "--smtp is not smtp://HOST:PORT or smtps://NAME:PASSWORD@HOST")?;
        let from: Mailbox = from.parse().map_err(|error| format!("--mail-from {from:?}: {error}"))?;
        let name = ClientId::Domain(from.email.domain().to_owned());
        Ok(Self { transport: builder.hello_name(name).timeout(Some(STEP)).build(), from })
    }

    /// `None` when the library does not take it.
    fn message(&self, mail: &Mail) -> Option<Message> {
        let id = format!("<{}@{}>", mail.id, self.from.email.domain());
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, mail.to.as_str().parse().ok()?))
            .subject(mail.subject.clone())
            .message_id(Some(id))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone())
            .ok()
    }
}

fn sends_password_in_the_open(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("smtp://") else { return false };
    let Some((_, place)) = rest.rsplit_once('@') else { return false };
    !rest.contains("tls=required") && !super::webhook::is_this_machine(place)
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, mail: &Mail) -> Result<(), Reason> {
        let message = self.message(mail).ok_or(Reason::NoAddress)?;
        match tokio::time::timeout(WHOLE, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => {
                let reason = reason(&error);
                log(mail, &error);
                Err(reason)
            }
            Err(_) => Err(Reason::Unreachable),
        }
    }
}

/// What a server answers may repeat the address: only its code is told. What keeps us from it names no person.
fn log(mail: &Mail, error: &smtp::Error) {
    let error: &dyn std::error::Error = match error.status() {
        Some(code) => {
            return tracing::info!(notice = %mail.id, code = code.to_string(), "the mail server did not take a mail");
        }
        None => error,
    };
    tracing::warn!(notice = %mail.id, error, "the mail server cannot be reached");
}

fn reason(error: &smtp::Error) -> Reason {
    let code = error.status().map(|code| code.to_string());
    if code.is_some_and(|code| NOT_US.contains(&code.as_str())) {
        Reason::Ours
    } else if error.is_permanent() {
        Reason::Rejected
    } else if error.is_transient() {
        Reason::Later
    } else {
        Reason::Unreachable
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_work_is_refused_without_showing_the_password() {
        for (url, from) in [("http://mail", "a@example.org"), ("mail", "a@example.org"), ("smtp://mail", "nobody")] {
            assert!(Smtp::new(url, from).is_err(), "{url} {from}");
        }
        let error = Smtp::new("smtp://u:s3cret@mail.example:25", "a@example.org").err().unwrap().to_string();
        assert!(error.contains("in the open") && !error.contains("s3cret"), "{error}");
        for url in ["smtps://u:p@mail.example", "smtp://u:p@mail.example:587?tls=required", "smtp://u:p@127.0.0.1:25"] {
            assert!(Smtp::new(url, "守望 <notice@example.org>").is_ok(), "{url}");
        }
    }

    #[test]
    fn a_mail_is_plain_names_itself_and_asks_for_no_answer() {
        let smtp = Smtp::new("smtp://127.0.0.1:1", "守望 <notice@example.org>").unwrap();
        let to = model::contact::parse("li.wei@example.org").remove(0);
        let id = "01936b7e-5c00-8abc-8def-0123456789ab".parse().unwrap();
        let mail = Mail { id, to, subject: "您的上报".to_owned(), body: "第一行\n第二行\n".to_owned() };
        let text = String::from_utf8(smtp.message(&mail).unwrap().formatted()).unwrap();
        assert!(text.contains("Message-ID: <01936b7e-5c00-8abc-8def-0123456789ab@example.org>\r\n"), "{text}");
        assert!(text.contains("Auto-Submitted: auto-generated\r\n"), "{text}");
        assert!(text.contains("To: li.wei@example.org\r\n") && text.contains("text/plain; charset=utf-8"), "{text}");
        assert!(text.is_ascii(), "an old server takes it too");
    }
}
