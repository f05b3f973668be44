//! The WebAssembly half: compiled, bound to script, shrunk, and named by its content.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::failure::{Failure, Result, While};
use crate::files::{self, Tree};
use crate::glue;
use crate::node;
use crate::place::Place;
use crate::run;
use crate::step;
use crate::toolchain::{Tools, WASM};

/// Part of the cache's key: to be raised when the steps below change what they make.
const RECIPE: &str = "3";

/// The features rustc 1.95 compiles for. Its module lists them too, but not when something stripped the list.
const WASM_OPT: [&str; 8] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--strip-target-features",
];

/// The script of all pages.
pub struct Client {
    /// `app-<16 hex>`: with it as `output_name`, Leptos' `HydrationScripts` finds both files.
    pub name: String,
    /// `<name>.js`, `<name>_bg.wasm` and what they import, below `pkg/`.
    pub files: Tree,
}

pub fn build(place: &Place, tools: &Tools, release: bool) -> Result<Client> {
    let mut cargo = tools.cargo();
    cargo.args(["build", "--package", "client", "--target", WASM]).current_dir(&place.root);
    if release {
        cargo.args(["--profile", "wasm-release"]);
    }
    step::loud(&run::shown(&cargo), |_| run::through(&mut cargo))?;
    let built = place.target.join(WASM).join(if release { "wasm-release" } else { "debug" }).join("client.wasm");
    let wasm = fs::read(&built).while_(|| format!("reading {}", built.display()))?;

    let wasm_opt = if release { node::wasm_opt(place) } else { None };
    if release && wasm_opt.is_none() {
        step::say("no wasm-opt (npm ci in end2end brings it): the WebAssembly stays larger");
    }
    let mut key = vec![RECIPE.as_bytes(), &wasm];
    if wasm_opt.is_some() {
        key.extend(WASM_OPT.map(str::as_bytes));
    }
    let kind = if release { "release" } else { "debug" };
    let done = place.cache().join(format!("client-{kind}-{}", files::hash(key)));
    if !done.is_dir() {
        forget_others(&place.cache(), &format!("client-{kind}-"))?;
        let work = PathBuf::from(format!("{}.new", done.display()));
        bind(&built, &work, release)?;
        if let Some(tool) = wasm_opt {
            shrink(&tool, &work.join("app_bg.wasm"))?;
        }
        fs::rename(&work, &done)?;
    }
    Ok(named(files::read(&done)?))
}

/// wasm-bindgen, as a library of the version in Cargo.lock: it cannot drift from the crate.
/// The script names no file of its own: Leptos tells it where the module is.
fn bind(built: &Path, to: &Path, release: bool) -> Result {
    step::quiet("wasm-bindgen", |note| {
        let mut bindgen = Bindgen::new();
        bindgen
            .input_path(built)
            .out_name("app")
            .typescript(false)
            .omit_default_module_path(true)
            .remove_name_section(release)
            .remove_producers_section(release);
        let mut output = bindgen.web(true).and_then(Bindgen::generate_output).map_err(bindgen_failed)?;
        if !release {
            return output.emit(to).map_err(bindgen_failed);
        }
        let imports = &mut output.wasm_mut().imports;
        let names: Vec<String> =
            imports.iter().filter(|import| import.module == "./app_bg.js").map(|import| import.name.clone()).collect();
        let short = glue::short_names(output.js(), names.iter().map(String::as_str));
        for import in output.wasm_mut().imports.iter_mut() {
            if let Some(name) = short.get(&import.name) {
                import.name.clone_from(name);
            }
        }
        output.emit(to).map_err(bindgen_failed)?;
        let script = to.join("app.js");
        fs::write(&script, glue::minified(&glue::renamed(&fs::read_to_string(&script)?, &short)))?;
        *note = format!("{} bytes, {} names shortened", fs::metadata(to.join("app_bg.wasm"))?.len(), short.len());
        Ok(())
    })
}

fn bindgen_failed(error: impl Display) -> Failure {
    Failure::new(format!("wasm-bindgen: {error:#}"))
}

fn shrink(tool: &Path, wasm: &Path) -> Result {
    step::quiet("wasm-opt", |note| {
        run::hushed(Command::new(tool).args(WASM_OPT).arg(wasm).arg("-o").arg(wasm))?;
        *note = format!("{} bytes", fs::metadata(wasm)?.len());
        Ok(())
    })
}

/// One name over everything: script and module always change together.
fn named(files: Tree) -> Client {
    let hash = files::hash(files.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes.as_slice()]));
    let name = format!("app-{hash}");
    let files = files.into_iter().map(|(path, bytes)| match path.as_str() {
        "app.js" => (format!("{name}.js"), bytes),
        "app_bg.wasm" => (format!("{name}_bg.wasm"), bytes),
        _ => (path, bytes),
    });
    Client { files: files.collect(), name }
}

fn forget_others(cache: &Path, prefix: &str) -> Result {
    fs::create_dir_all(cache)?;
    for entry in fs::read_dir(cache)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(prefix) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(script: &str, wasm: &str, snippet: &str) -> Client {
        let files = [("app.js", script), ("app_bg.wasm", wasm), ("snippets/x-1/inline0.js", snippet)];
        named(files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into())
    }

    #[test]
    fn both_files_carry_one_name() {
        let client = client("js", "wasm", "snippet");
        let name = client.name;
        assert_eq!(name.len(), "app-".len() + 16);
        let paths: Vec<&String> = client.files.keys().collect();
        assert_eq!(paths, [&format!("{name}.js"), &format!("{name}_bg.wasm"), "snippets/x-1/inline0.js"]);
        assert_eq!(client.files.get(&format!("{name}_bg.wasm")).map(Vec::as_slice), Some(b"wasm".as_slice()));
    }

    #[test]
    fn the_name_changes_with_either_file_and_with_a_snippet() {
        let name = client("js", "wasm", "snippet").name;
        assert_eq!(client("js", "wasm", "snippet").name, name);
        assert_ne!(client("js2", "wasm", "snippet").name, name);
        assert_ne!(client("js", "wasm2", "snippet").name, name);
        assert_ne!(client("js", "wasm", "snippet2").name, name);
        assert_ne!(client("wasm", "js", "snippet").name, name);
    }
}
