//! `target/site`: everything the server embeds, swapped in whole.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::client;
use crate::compress;
use crate::failure::{Result, fail};
use crate::files::{self, Tree};
use crate::manifest;
use crate::place::Place;
use crate::step;
use crate::style;
use crate::toolchain::Tools;
use crate::worker;

/// Builds the site. When nothing in it changed, not a time stamp does, and cargo finds the server fresh.
pub fn build(place: &Place, tools: &Tools, release: bool) -> Result {
    // First what fails soonest.
    let style = style::bundle(place)?;
    let client = client::build(place, tools, release)?;
    let mut site: Tree = client.files.into_iter().map(|(path, bytes)| (format!("pkg/{path}"), bytes)).collect();
    add(&mut site, "main.css".to_owned(), style)?;
    let public = place.root.join("public");
    if public.is_dir() {
        for (path, bytes) in files::read(&public)? {
            let bytes = if path.ends_with(".js") { worker::lean(&bytes) } else { bytes };
            add(&mut site, path, bytes)?;
        }
    }
    worker::add(&mut site)?;
    let doing = if release { "compress and place target/site" } else { "place target/site" };
    step::quiet(doing, |note| {
        let earlier = if place.site().is_dir() { files::read(&place.site())? } else { Tree::new() };
        let siblings = if release { compress::siblings(&site, &earlier)? } else { Tree::new() };
        let manifest = manifest::manifest(&client.name, &site, &siblings);
        site.extend(siblings);
        add(&mut site, manifest::NAME.to_owned(), manifest)?;
        *note = format!("{}, {} files", client.name, site.len());
        if site == earlier {
            note.push_str(", unchanged");
            return Ok(());
        }
        swap(place, &site)
    })
}

/// Lint and plain `cargo test` compile the server before there is a site: an empty one stands in.
pub fn ensure(place: &Place) -> Result {
    if place.site().join(manifest::NAME).is_file() {
        return Ok(());
    }
    let empty = manifest::manifest("app", &Tree::new(), &Tree::new());
    swap(place, &[(manifest::NAME.to_owned(), empty)].into())
}

fn add(site: &mut Tree, path: String, bytes: Vec<u8>) -> Result {
    if site.contains_key(&path) {
        return fail(format!("public/{path} would hide a file that is built"));
    }
    site.insert(path, bytes);
    Ok(())
}

fn swap(place: &Place, site: &Tree) -> Result {
    let current = place.site();
    let [new, old] = ["new", "old"].map(|end| PathBuf::from(format!("{}.{end}", current.display())));
    for left in [&new, &old] {
        match fs::remove_dir_all(left) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    files::write(&new, site)?;
    if current.exists() {
        fs::rename(&current, &old)?;
    }
    fs::rename(&new, &current)?;
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::process;

    use super::*;

    fn place(name: &str) -> Place {
        let root = env::temp_dir().join(format!("xtask-{name}-{}", process::id()));
        Place { target: root.join("target"), root }
    }

    #[test]
    fn a_new_site_replaces_the_old_one_whole() {
        let place = place("swap");
        swap(&place, &[("a".to_owned(), vec![1]), ("pkg/b".to_owned(), vec![2])].into()).unwrap();
        let second: Tree = [("pkg/c".to_owned(), vec![3])].into();
        swap(&place, &second).unwrap();
        assert_eq!(files::read(&place.site()).unwrap(), second);
        assert_eq!(fs::read_dir(place.root.join("target")).unwrap().count(), 1);
        fs::remove_dir_all(place.root).unwrap();
    }

    #[test]
    fn a_stand_in_never_replaces_a_site() {
        let place = place("ensure");
        ensure(&place).unwrap();
        assert_eq!(files::read(&place.site()).unwrap().keys().collect::<Vec<_>>(), [manifest::NAME]);
        let site: Tree = [(manifest::NAME.to_owned(), b"{}".to_vec()), ("a".to_owned(), vec![1])].into();
        swap(&place, &site).unwrap();
        ensure(&place).unwrap();
        assert_eq!(files::read(&place.site()).unwrap(), site);
        fs::remove_dir_all(place.root).unwrap();
    }
}
