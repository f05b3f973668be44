//! Licences of all dependencies, read from their manifests.

use serde_json::Value;

use crate::failure::{Result, While, fail};
use crate::place::Place;
use crate::run;
use crate::spdx;
use crate::toolchain::Tools;

/// Licences under which a city may take the portal, change it and pass it on.
const ALLOWED: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

pub fn check(place: &Place, tools: &Tools, note: &mut String) -> Result {
    let mut cargo = tools.cargo();
    let printed = run::hushed(cargo.args(["metadata", "--format-version", "1"]).current_dir(&place.root))?;
    let metadata: Value = serde_json::from_str(&printed).while_(|| "reading cargo metadata".to_owned())?;
    let (count, refused) = refused(&metadata)?;
    *note = format!("{count} packages");
    if refused.is_empty() { Ok(()) } else { fail(format!("licences not allowed:\n{}", refused.join("\n"))) }
}

/// How many packages come from outside, and which of them may not be used.
fn refused(metadata: &Value) -> Result<(usize, Vec<String>)> {
    let Some(packages) = metadata["packages"].as_array() else { return fail("cargo metadata lists no packages") };
    let mut count = 0;
    let mut refused = Vec::new();
    for package in packages.iter().filter(|package| !package["source"].is_null()) {
        count += 1;
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        let reason = match spdx::permits(text("license"), &ALLOWED) {
            Ok(true) => continue,
            Ok(false) => text("license").to_owned(),
            Err(failure) => failure.to_string(),
        };
        refused.push(format!("  {} {}: {reason}", text("name"), text("version")));
    }
    Ok((count, refused))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn foreign_packages_need_an_allowed_licence() {
        let package = |name: &str, source: Option<&str>, licence: Option<&str>| json!({ "name": name, "version": "1.0.0", "source": source, "license": licence });
        let metadata = json!({ "packages": [
            package("ours", None, None),
            package("good", Some("registry"), Some("GPL-2.0-only OR MIT")),
            package("bad", Some("registry"), Some("AGPL-3.0-only")),
            package("silent", Some("registry"), None),
        ]});
        let (count, refused) = refused(&metadata).unwrap();
        assert_eq!(count, 3);
        assert_eq!(refused.len(), 2);
        assert_eq!(refused[0], "  bad 1.0.0: AGPL-3.0-only");
        assert!(refused[1].starts_with("  silent 1.0.0: "), "{}", refused[1]);
    }

    #[test]
    fn the_list_has_no_copyleft_beyond_files() {
        assert!(ALLOWED.is_sorted());
        assert!(!ALLOWED.iter().any(|id| id.contains("GPL")));
    }
}
