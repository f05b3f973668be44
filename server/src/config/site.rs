//! What people see of the installation.

use app::site::Site;
use clap::Args;
use model::category::Service;

use crate::commands::Failure;

#[derive(Clone, Debug, Args)]
pub struct SiteArgs {
    /// Whom to call, in this order. Services: police, fire, ambulance, traffic, hotline.
    #[arg(
        long,
        env = "SHOUWANG_NUMBERS",
        default_value = "fire=119,ambulance=120,police=110,traffic=122,hotline=12345",
        value_name = "SERVICE=NUMBER,…"
    )]
    pub numbers: String,
    /// Where people reach the portal, as https://HOST: for QR codes and the check of where a form comes from. Without it, the request's
    /// own Host is believed.
    #[arg(long, env = "SHOUWANG_ORIGIN", value_name = "URL")]
    pub origin: Option<String>,
    /// Phones keep no pages, and nothing that is sent while there is no network; those that did so before leave off. What still waits on
    /// them can be sent from the page /outbox.
    #[arg(long, env = "SHOUWANG_NO_OFFLINE")]
    pub no_offline: bool,
}

impl SiteArgs {
    /// The site, before its look is added.
    pub fn site(&self) -> Result<Site, Failure> {
        Ok(Site {
            numbers: numbers(&self.numbers)?,
            origin: self.origin()?,
            offline: !self.no_offline,
            ..Site::default()
        })
    }

    fn origin(&self) -> Result<Option<String>, Failure> {
        let Some(origin) = &self.origin else { return Ok(None) };
        let origin = origin.trim_end_matches('/');
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        let plain = |host: &&str| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']);
        host.filter(plain).ok_or_else(|| format!("--origin {origin:?} is not https://HOST"))?;
        Ok(Some(origin.to_owned()))
    }
}

fn numbers(text: &str) -> Result<Vec<(Service, String)>, Failure> {
    text.split(',')
        .map(|pair| {
            let (name, number) =
                pair.split_once('=').ok_or_else(|| format!("--numbers: {pair:?} is not SERVICE=NUMBER"))?;
            let service = Service::ALL.into_iter().find(|service| service.name() == name.trim());
            let service = service.ok_or_else(|| format!("--numbers: there is no service {name:?}"))?;
            let number = number.trim();
            let dialled =
                !number.is_empty() && number.chars().all(|letter| letter.is_ascii_digit() || "+-".contains(letter));
            if !dialled {
                return Err(format!("--numbers: {number:?} cannot be dialled").into());
            }
            Ok((service, number.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_checked_before_anybody_dials_them() {
        assert_eq!(numbers("police=110, fire=+86-119").unwrap()[1], (Service::Fire, "+86-119".to_owned()));
        for text in ["", "police", "police=", "army=1", "police=<b>"] {
            assert!(numbers(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_origin_has_no_path() {
        let origin =
            |text: &str| SiteArgs { numbers: "fire=1".into(), origin: Some(text.into()), no_offline: false }.origin();
        assert_eq!(origin("https://a.example/").unwrap().as_deref(), Some("https://a.example"));
        for text in ["a.example", "https://", "https://a.example/b", "ftp://a"] {
            assert!(origin(text).is_err(), "{text}");
        }
    }
}
