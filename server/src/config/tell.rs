//! How people are told how their reports stand.

use std::path::PathBuf;
use std::sync::Arc;

use app::text::letter::Letters;
use clap::Args;
use hub::{Mailer, Telling, Texter};

use super::secret;
use crate::commands::Failure;
use crate::tell::smtp::Smtp;
use crate::tell::webhook::Webhook;

#[derive(Clone, Debug, Args)]
pub struct TellArgs {
    /// A mail server by URL, smtp://HOST:PORT (with ?tls=required for STARTTLS) or smtps://NAME:PASSWORD@HOST; without it nobody is told by
    /// mail. Takes --mail-from and --origin.
    #[arg(long, env = "SHOUWANG_SMTP", value_name = "URL", hide_env_values = true)]
    pub smtp: Option<String>,
    /// A file whose first line is the mail server's URL.
    #[arg(long, env = "SHOUWANG_SMTP_FILE", value_name = "FILE")]
    pub smtp_file: Option<PathBuf>,
    /// Whom mail comes from: NAME <ADDRESS>, or the address alone.
    #[arg(long, env = "SHOUWANG_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Where short messages are posted to, as signed JSON, for a gateway to send; without it nobody is told by short message. Takes
    /// --sms-secret-file and --origin.
    #[arg(long, env = "SHOUWANG_SMS_WEBHOOK", value_name = "URL", hide_env_values = true)]
    pub sms_webhook: Option<String>,
    /// A file whose first line is the secret that the gateway shares.
    #[arg(long, env = "SHOUWANG_SMS_SECRET_FILE", value_name = "FILE")]
    pub sms_secret_file: Option<PathBuf>,
}

impl TellArgs {
    /// How people are told; `None` when they are not. `origin` is where they see the portal: a link in a mail has no request to take it
    /// from.
    pub fn telling(&self, origin: Option<&str>) -> Result<Option<Telling>, Failure> {
        let (mailer, texter) = (self.mailer()?, self.texter()?);
        if mailer.is_none() && texter.is_none() {
            return Ok(None);
        }
        let origin =
            origin.ok_or("--smtp and --sms-webhook need --origin https://…: that is where their links lead")?;
        let phrases = Arc::new(Letters);
        Ok(Some(Telling { mailer, texter, phrases, origin: origin.trim_end_matches('/').to_owned() }))
    }

    pub fn smtp_url(&self) -> Result<Option<String>, Failure> {
        Ok(secret::from_either(self.smtp.as_deref(), self.smtp_file.as_deref())?)
    }

    fn mailer(&self) -> Result<Option<Arc<dyn Mailer>>, Failure> {
        let Some(url) = self.smtp_url()? else {
            return match &self.mail_from {
                Some(_) => Err("--mail-from needs --smtp".into()),
                None => Ok(None),
            };
        };
        let from = self.mail_from.as_deref().ok_or("--smtp needs --mail-from ADDRESS")?;
        Ok(Some(Arc::new(Smtp::new(&url, from)?)))
    }

    fn texter(&self) -> Result<Option<Arc<dyn Texter>>, Failure> {
        let secret = secret::from_either(None, self.sms_secret_file.as_deref())?;
        match (&self.sms_webhook, secret) {
            (Some(url), Some(secret)) => Ok(Some(Arc::new(Webhook::new(url, secret)?))),
            (Some(_), None) => {
                Err("--sms-webhook needs --sms-secret-file FILE: the gateway must know who calls".into())
            }
            (None, Some(_)) => Err("--sms-secret-file needs --sms-webhook".into()),
            (None, None) => Ok(None),
        }
    }
}
