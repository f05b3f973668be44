//! The service worker: the files it is made of as one, with a version that changes with anything the site holds.

use crate::failure::{Result, fail};
use crate::files::{self, Tree};

/// In the order in which they build on each other. The last is the worker's alone, the others serve pages as well.
const PARTS: [&str; 4] = ["offline/rows.js", "offline/proof.js", "offline/sending.js", "offline/worker.js"];
const NAME: &str = "sw.js";

/// Puts the worker into the site, which holds everything else by now.
pub fn add(site: &mut Tree) -> Result {
    let version = files::hash(site.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes.as_slice()]));
    let mut worker = format!("const VERSION = '{version}';\n").into_bytes();
    for part in PARTS {
        let Some(bytes) = site.get(part) else { return fail(format!("public/{part} is missing")) };
        worker.extend_from_slice(bytes);
    }
    if let Some(own) = PARTS.last() {
        site.remove(*own);
    }
    site.insert(NAME.to_owned(), worker);
    Ok(())
}

/// A script without the lines that are only for its readers.
pub fn lean(script: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(script);
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with("/**"));
    lines.flat_map(|line| [line, "\n"]).collect::<String>().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(style: &str) -> Tree {
        let files = PARTS.map(|part| (part.to_owned(), format!("// {part}\n").into_bytes()));
        files.into_iter().chain([("main.css".to_owned(), style.as_bytes().to_vec())]).collect()
    }

    fn worker(mut site: Tree) -> String {
        add(&mut site).unwrap();
        assert!(site.contains_key("offline/rows.js") && !site.contains_key("offline/worker.js"));
        String::from_utf8(site.remove(NAME).unwrap()).unwrap()
    }

    #[test]
    fn the_parts_stand_in_their_order_behind_a_version() {
        let worker = worker(site("a"));
        let places = PARTS.map(|part| worker.find(part).unwrap());
        assert!(worker.starts_with("const VERSION = '") && places.is_sorted());
    }

    #[test]
    fn another_site_is_another_version() {
        assert_eq!(worker(site("a")), worker(site("a")));
        assert_ne!(worker(site("a")), worker(site("b")));
    }

    #[test]
    fn a_missing_part_is_named() {
        let mut site = site("a");
        site.remove("offline/proof.js");
        assert!(add(&mut site).unwrap_err().to_string().contains("public/offline/proof.js"));
    }

    #[test]
    fn only_lines_for_readers_are_left_out() {
        let script = b"// why\nconst a = 'http://x'; // here\n\n  /** what */\n  b();\n";
        assert_eq!(lean(script), b"const a = 'http://x'; // here\nb();\n");
    }
}
