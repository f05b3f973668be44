//! Files: reports to import, backups to restore, receipts to verify, pictures.

use std::collections::BTreeMap;
use std::sync::Arc;

use hub::import::{Mapping, Source};
use hub::{Home, Hub, Keys, SystemClock};
use jiff::tz::TimeZone;
use model::category::Category;
use store::{Blobs, Origin, Place, Settings, Store};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::corpus;
use crate::target::Target;

/// A store in a folder of its own.
struct Bench {
    runtime: Runtime,
    folder: TempDir,
    store: Store,
}

impl Bench {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("shouwang.db"));
        let store = runtime.block_on(Store::open(Settings { place, readers: 1 })).unwrap();
        Self { runtime, folder, store }
    }
}

/// A hub over a store of its own.
fn hub(bench: &Bench) -> Hub {
    let home = Home::plain().unwrap();
    let blobs = Blobs::folder(&bench.folder.path().join("photos")).unwrap();
    Hub::new(bench.store.clone(), blobs, &Keys::from_bytes([7; 32]), Arc::new(SystemClock), home)
}

/// `shouwang import`.
pub fn import() -> Target {
    let bench = Bench::new();
    let hub = hub(&bench);
    let kinds = BTreeMap::from([("EMS".to_owned(), Category::of("13Y00").unwrap())]);
    let mapping = Mapping { columns: BTreeMap::new(), kinds, otherwise: Category::of("19000"), zone: TimeZone::UTC };
    Target::new("import", corpus::of("import"), move |input| {
        // An archive and a plain file, by what it begins with.
        let name = if input.starts_with(b"PK") { "calls.zip" } else { "calls.csv" };
        let file = bench.folder.path().join(name);
        std::fs::write(&file, input).unwrap();
        let (mut refuse, mut progress) = (|_| (), |_, _| ());
        let source = Source::new(&file);
        let import = hub.import(&source, &mapping, Origin::Import, &mut refuse, &mut progress);
        match bench.runtime.block_on(import) {
            Ok(done) if done.rows != done.new + done.again + done.refused + done.resumed_after => {
                Err(format!("rows are lost: {done:?}"))
            }
            _ => Ok(()),
        }
    })
}

/// Receipts: what is verified was signed, to the byte. The seed was, with the key of [`hub`].
pub fn receipt() -> Target {
    let bench = Bench::new();
    let hub = hub(&bench);
    let seeds = corpus::of("receipt");
    let signed = hub.verified(&String::from_utf8_lossy(&seeds[0])).expect("the seed is a receipt");
    Target::new("receipt", seeds, move |input| {
        let text = String::from_utf8_lossy(input);
        let _ = (hub::is_statement(&text), hub.proof(&text));
        match hub.verified(&text) {
            Some(certified) if certified != signed => Err(format!("a forged receipt: {}", certified.words())),
            _ => Ok(()),
        }
    })
}

/// Pictures: what is taken is a picture of ours, no larger than it may be.
pub fn picture() -> Target {
    Target::new("picture", corpus::of("picture"), |input| match photo::prepare(input) {
        Ok(picture) if !picture.jpeg.starts_with(b"\xff\xd8") => Err("not a JPEG".to_owned()),
        Ok(picture) if picture.width.max(picture.height) > photo::SIDE => Err("too large".to_owned()),
        Ok(_) | Err(_) => Ok(()),
    })
}

/// `shouwang restore`.
pub fn restore() -> Target {
    let bench = Bench::new();
    let mut backup = Vec::new();
    bench.runtime.block_on(bench.store.backup(1_700_000_000_000, &mut backup)).unwrap();
    Target::new("restore", vec![backup], move |input| {
        // All of it, the folder too, lives as long as the target.
        let bench = &bench;
        let _ = bench.runtime.block_on(bench.store.restore(&mut &*input, true));
        bench.runtime.block_on(bench.store.head()).map(drop).map_err(|error| error.to_string())
    })
}
