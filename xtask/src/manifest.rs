//! `site.json`: what the site holds, for the server that embeds it and for the size budget.

use serde_json::{Map, Value, json};

use crate::files::{self, Tree};

pub const NAME: &str = "site.json";

/// `{"app":"app-<hash>","files":{"main.css":{"hash":"…","bytes":1,"br":1,"gz":1},…}}`; `br` and `gz` only where
/// there is such a sibling.
pub fn manifest(app: &str, site: &Tree, siblings: &Tree) -> Vec<u8> {
    let files: Map<String, Value> = site
        .iter()
        .map(|(path, bytes)| {
            let mut about = json!({ "hash": files::hash([bytes.as_slice()]), "bytes": bytes.len() });
            for kind in ["br", "gz"] {
                if let Some(small) = siblings.get(&format!("{path}.{kind}")) {
                    about[kind] = small.len().into();
                }
            }
            (path.clone(), about)
        })
        .collect();
    let mut text = format!("{:#}", json!({ "app": app, "files": files }));
    text.push('\n');
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_listed_with_its_sizes() {
        let site: Tree =
            [("main.css".to_owned(), b"body{}".to_vec()), ("pkg/app-1.js".to_owned(), vec![0; 300])].into();
        let siblings: Tree =
            [("pkg/app-1.js.br".to_owned(), vec![0; 9]), ("pkg/app-1.js.gz".to_owned(), vec![0; 11])].into();
        let read: Value = serde_json::from_slice(&manifest("app-1", &site, &siblings)).unwrap();
        assert_eq!(read["app"], "app-1");
        assert_eq!(read["files"].as_object().unwrap().len(), 2);
        assert_eq!(read["files"]["main.css"]["bytes"], 6);
        assert_eq!(read["files"]["main.css"].get("br"), None);
        assert_eq!(read["files"]["pkg/app-1.js"]["bytes"], 300);
        assert_eq!(read["files"]["pkg/app-1.js"]["br"], 9);
        assert_eq!(read["files"]["pkg/app-1.js"]["gz"], 11);
    }

    #[test]
    fn the_same_site_gives_the_same_bytes_and_another_site_others() {
        let site: Tree = [("b".to_owned(), vec![1]), ("a".to_owned(), vec![2])].into();
        let other: Tree = [("b".to_owned(), vec![1]), ("a".to_owned(), vec![3])].into();
        assert_eq!(manifest("app", &site, &Tree::new()), manifest("app", &site.clone(), &Tree::new()));
        assert_ne!(manifest("app", &site, &Tree::new()), manifest("app", &other, &Tree::new()));
    }
}
