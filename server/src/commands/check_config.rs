//! `shouwang check-config`

use store::Place;

use super::{Failure, serve};
use crate::config::secret::shown;

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    #[command(flatten)]
    serve: serve::Args,
}

pub fn run(args: Args) -> Result<(), Failure> {
    args.serve.role()?;
    let serve::Args { web, data, feed, home, site, tell, demo, no_consumers: _ } = args.serve;
    let place = match data.place()? {
        Place::File(path) => format!("SQLite, {}", path.display()),
        Place::Postgres(url) => format!("PostgreSQL, {}", shown(&url)),
    };
    let key = data.key_file();
    let key_is = if key.exists() { "is there" } else { "will be made" };
    let numbers: Vec<String> =
        site.site()?.numbers.iter().map(|(service, number)| format!("{}={number}", service.name())).collect();
    let telling = tell.telling(site.site()?.origin.as_deref())?;
    let home = home.home()?;
    let feed = feed.url()?;
    let programs = match web.api_keys()?.len() {
        0 => "need no key".to_owned(),
        keys => format!("{keys} keys"),
    };
    println!("listen           {}", web.listen);
    println!("metrics          {}", web.metrics.map_or_else(|| "nowhere".to_owned(), |address| address.to_string()));
    println!("trusted proxies  {}", web.trusted_proxies);
    println!("database         {place}");
    println!("master key       {} ({key_is})", key.display());
    println!("feed             {}", feed.map_or_else(|| "in process".to_owned(), |url| shown(&url)));
    println!("numbers          {}", numbers.join(", "));
    println!("origin           {}", site.origin.as_deref().unwrap_or("of each request"));
    let told_by =
        |there: bool, by: Option<&str>| by.filter(|_| there).map_or_else(|| "nobody is told".to_owned(), shown);
    let mail = telling.as_ref().is_some_and(|telling| telling.mailer.is_some());
    let sms = telling.as_ref().is_some_and(|telling| telling.texter.is_some());
    println!("mail             {}", told_by(mail, tell.smtp_url()?.as_deref()));
    println!("text messages    {}", told_by(sms, tell.sms_webhook.as_deref()));
    println!("zone             {}", home.zone.iana_name().unwrap_or("unnamed"));
    println!(
        "middle           {}",
        home.middle.map_or_else(|| "not set".to_owned(), |at| format!("{}, {}", at.latitude(), at.longitude()))
    );
    println!("programs         {programs}");
    println!("demonstration    {demo}");
    Ok(())
}
