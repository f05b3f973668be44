//! The migrations keep to what both engines understand alike.

use std::collections::BTreeSet;
use std::path::Path;

use sqlx::Row;

use crate::bench::Bench;

on_both_engines!(columns_hold_text_numbers_and_bytes_and_nothing_else);

const TYPES: [&str; 3] = ["TEXT", "BIGINT", "BYTEA"];

async fn columns_hold_text_numbers_and_bytes_and_nothing_else(bench: Bench) {
    bench.store().await.close().await;
    let sql = if bench.is_sqlite() {
        "SELECT DISTINCT UPPER(c.type) FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' \
         AND t.name <> '_sqlx_migrations'"
    } else {
        "SELECT DISTINCT UPPER(CAST(data_type AS TEXT)) FROM information_schema.columns WHERE table_schema = 'public' \
         AND table_name <> '_sqlx_migrations'"
    };
    let rows = sqlx::query(sql).fetch_all(&mut bench.engine().await).await.unwrap();
    let types: BTreeSet<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(types, TYPES.map(str::to_owned).into());
}

#[test]
fn migrations_say_text_bigint_or_bytea() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut checked = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        for column in columns(&std::fs::read_to_string(&path).unwrap()) {
            let kind = column.split_whitespace().nth(1).unwrap_or_default();
            assert!(TYPES.contains(&kind), "{}: {column}", path.display());
            checked += 1;
        }
    }
    assert!(checked > 40, "only {checked} columns were found");
}

#[test]
fn the_search_for_columns_finds_them() {
    let sql = "CREATE TABLE t (a TEXT CHECK (a IN ('x', 'y')), -- b BLOB,\n c INTEGER, PRIMARY KEY (a, c));\n\
               INSERT INTO t (a) VALUES ('CREATE');\nALTER TABLE t ADD COLUMN d UUID NOT NULL;";
    let found: Vec<String> = columns(sql).iter().map(|column| column.chars().take(6).collect()).collect();
    assert_eq!(found, ["a TEXT", "c INTE", "d UUID"]);
}

/// What defines a column: the parts of a `CREATE TABLE`, and what an `ALTER TABLE` adds.
fn columns(sql: &str) -> Vec<String> {
    let lines: Vec<&str> = sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect();
    let mut columns = Vec::new();
    for statement in lines.join(" ").split(';').map(str::trim) {
        if statement.starts_with("CREATE TABLE") {
            let (_, body) = statement.split_once('(').unwrap();
            let body = body.strip_suffix(')').unwrap_or_else(|| panic!("something follows the columns: {statement}"));
            columns.extend(parts(body).into_iter().filter(|part| {
                !["PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT"].iter().any(|word| part.starts_with(word))
            }));
        } else if statement.starts_with("ALTER TABLE") {
            let (_, column) =
                statement.split_once("ADD COLUMN ").unwrap_or_else(|| panic!("not expand only: {statement}"));
            columns.push(column.to_owned());
        } else {
            let known = ["CREATE INDEX", "CREATE UNIQUE INDEX", "INSERT INTO", "UPDATE "];
            assert!(statement.is_empty() || known.iter().any(|known| statement.starts_with(known)), "{statement}");
        }
    }
    columns
}

/// Splits at the commas that stand in no parentheses.
fn parts(body: &str) -> Vec<String> {
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for letter in body.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        match parts.last_mut() {
            Some(part) if depth > 0 || letter != ',' => part.push(letter),
            _ => parts.push(String::new()),
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}
