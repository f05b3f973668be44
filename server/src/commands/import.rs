//! `shouwang import`

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use hub::import::{Column, Mapping, Refused, Source};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::tz::TimeZone;
use model::category::Category;
use store::Origin;

use super::Failure;
use crate::config::data::DataArgs;
use crate::config::home::HomeArgs;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file: .csv, or .zip with a .csv in it.
    file: PathBuf,
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    home: HomeArgs,
    /// Which heading tells what: latitude, longitude, address, what, kind, time or people. Usual headings are found without it.
    #[arg(long, value_name = "MEANING=HEADING", value_parser = pair)]
    column: Vec<(String, String)>,
    /// Which category a kind is: what stands in the kind column, or its part before a colon, and a code of the catalogue.
    #[arg(long, value_name = "KIND=CODE", value_parser = pair)]
    kind: Vec<(String, String)>,
    /// The category of rows of any other kind; without it they are refused.
    #[arg(long, value_name = "CODE")]
    otherwise: Option<String>,
    /// The zone of times that name none; by default the city's.
    #[arg(long, value_name = "ZONE")]
    file_zone: Option<String>,
    /// Where refused rows go, with line and reason.
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(one, other)| (one.to_owned(), other.to_owned()))
        .ok_or_else(|| "expected NAME=VALUE".to_owned())
}

fn category(code: &str) -> Result<&'static Category, Failure> {
    Category::of(code).ok_or_else(|| format!("the catalogue has no category {code:?}").into())
}

impl Args {
    fn mapping(&self) -> Result<Mapping, Failure> {
        let mut columns = BTreeMap::new();
        for (meaning, heading) in &self.column {
            let column = Column::parse(meaning).ok_or_else(|| format!("--column: there is no meaning {meaning:?}"))?;
            columns.insert(column, heading.clone());
        }
        let mut kinds = BTreeMap::new();
        for (kind, code) in &self.kind {
            kinds.insert(kind.clone(), category(code)?);
        }
        let zone = self.file_zone.as_ref().unwrap_or(&self.home.zone);
        let zone = TimeZone::get(zone).map_err(|error| format!("the zone {zone:?}: {error}"))?;
        Ok(Mapping { columns, kinds, otherwise: self.otherwise.as_deref().map(category).transpose()?, zone })
    }
}

pub async fn run(args: Args) -> Result<(), Failure> {
    let mapping = args.mapping()?;
    let hub = args.data.hub(&args.home).await?;
    let mut refusals = Refusals::new(args.refused.as_ref())?;
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} rows  {per_sec}  {eta} left")?);
    let imported = {
        let mut refuse = |refused: Refused| refusals.add(&refused);
        let mut progress = |done, of| {
            bar.set_length(of);
            bar.set_position(done);
        };
        hub.import(&Source::new(&args.file), &mapping, Origin::Import, &mut refuse, &mut progress).await?
    };
    bar.finish_and_clear();
    let counted = refusals.finish()?;
    if imported.resumed_after > 0 {
        println!("went on after row {}, where an earlier run was interrupted", imported.resumed_after);
    }
    println!(
        "{} rows: {} new, {} there before, {} refused",
        imported.rows, imported.new, imported.again, imported.refused
    );
    println!(
        "of the new: {} without a place, {} far from the middle, {} with words alone; all kept and marked",
        imported.unknown, imported.outliers, imported.described
    );
    for (why, rows) in counted {
        println!("refused: {rows} × {why}");
    }
    hub.store().close().await;
    Ok(())
}

/// Refused rows: each to the file, if there is one; reasons counted.
struct Refusals {
    file: Option<std::io::BufWriter<std::fs::File>>,
    counted: BTreeMap<String, u64>,
    trouble: Option<std::io::Error>,
}

impl Refusals {
    fn new(file: Option<&PathBuf>) -> Result<Self, Failure> {
        let file = file.map(std::fs::File::create).transpose()?.map(std::io::BufWriter::new);
        let mut refusals = Self { file, counted: BTreeMap::new(), trouble: None };
        if let Some(file) = &mut refusals.file {
            writeln!(file, "line,reason")?;
        }
        Ok(refusals)
    }

    fn add(&mut self, refused: &Refused) {
        let why = refused.why.to_string();
        if let Some(file) = &mut self.file
            && let Err(error) = writeln!(file, "{},\"{}\"", refused.line, why.replace('"', "\"\""))
        {
            self.trouble = Some(error);
        }
        *self.counted.entry(why).or_default() += 1;
    }

    fn finish(mut self) -> Result<BTreeMap<String, u64>, Failure> {
        if let Some(file) = &mut self.file {
            file.flush()?;
        }
        match self.trouble {
            Some(error) => Err(error.into()),
            None => Ok(self.counted),
        }
    }
}
