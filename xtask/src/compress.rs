//! Files compressed once, at the highest quality, so that the server never does it.

use std::io::Write;
use std::sync::Mutex;
use std::thread;

use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::failure::{Failure, Result};
use crate::files::Tree;

const TEXT: [&str; 11] = ["css", "html", "js", "json", "map", "mjs", "svg", "txt", "webmanifest", "xml", "wasm"];

/// Compressed siblings of what gains by it: `x.br` and `x.gz` beside `x`.
/// What an earlier site already holds for the same content is taken from there.
pub fn siblings(site: &Tree, earlier: &Tree) -> Result<Tree> {
    let open: Mutex<Vec<(&String, &Vec<u8>)>> = Mutex::new(site.iter().filter(|(path, _)| gains(path)).collect());
    let done: Mutex<Tree> = Mutex::new(Tree::new());
    let worker = || -> Result {
        loop {
            let next = open.lock().map_err(|_| poisoned())?.pop();
            let Some((path, bytes)) = next else { return Ok(()) };
            for (kind, compress) in [("br", brotli as fn(&[u8], bool) -> Result<Vec<u8>>), ("gz", gzip)] {
                let name = format!("{path}.{kind}");
                let small = match earlier.get(&name) {
                    Some(small) if earlier.get(path) == Some(bytes) => small.clone(),
                    _ => compress(bytes, is_text(path))?,
                };
                if small.len() < bytes.len() {
                    done.lock().map_err(|_| poisoned())?.insert(name, small);
                }
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| poisoned())?)
    })?;
    done.into_inner().map_err(|_| poisoned())
}

fn extension(path: &str) -> &str {
    path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, extension)| extension)
}

fn gains(path: &str) -> bool {
    TEXT.contains(&extension(path))
}

fn is_text(path: &str) -> bool {
    extension(path) != "wasm"
}

fn brotli(bytes: &[u8], text: bool) -> Result<Vec<u8>> {
    let mode = if text { BrotliEncoderMode::BROTLI_MODE_TEXT } else { BrotliEncoderMode::BROTLI_MODE_GENERIC };
    let params = BrotliEncoderParams { quality: 11, lgwin: 22, mode, size_hint: bytes.len(), ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut small, &params)?;
    Ok(small)
}

fn gzip(bytes: &[u8], _: bool) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn poisoned() -> Failure {
    Failure::new("a compressing thread came to grief")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn tree(files: &[(&str, &[u8])]) -> Tree {
        files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect()
    }

    #[test]
    fn siblings_hold_the_same_content() {
        let text = "守望相助 ".repeat(200).into_bytes();
        let made = siblings(&tree(&[("a.css", &text), ("b.png", &text), ("c.txt", b"x")]), &Tree::new()).unwrap();
        assert_eq!(made.keys().collect::<Vec<_>>(), ["a.css.br", "a.css.gz"]);
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut made["a.css.br"].as_slice(), &mut plain).unwrap();
        assert_eq!(plain, text);
        plain.clear();
        flate2::read::GzDecoder::new(made["a.css.gz"].as_slice()).read_to_end(&mut plain).unwrap();
        assert_eq!(plain, text);
    }

    #[test]
    fn an_earlier_sibling_serves_only_for_the_same_content() {
        let text = b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        let earlier = tree(&[("same.js", text), ("same.js.br", b"kept"), ("other.js", b"b"), ("other.js.br", b"kept")]);
        let made = siblings(&tree(&[("same.js", text), ("other.js", text)]), &earlier).unwrap();
        assert_eq!(made["same.js.br"], b"kept");
        assert_ne!(made["other.js.br"], b"kept");
    }
}
