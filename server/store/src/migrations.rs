//! The schema, as it grew: forward only.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Version, name and text of each migration; the same that a file of `migrations/` has.
///
/// A table of our own in place of `sqlx::migrate!`: that macro has both engines compiled a second time, for the machine that builds.
const ALL: [(i64, &str, &str); 11] = [
    (1, "first", include_str!("../migrations/0001_first.sql")),
    (2, "handling", include_str!("../migrations/0002_handling.sql")),
    (5, "telling", include_str!("../migrations/0005_telling.sql")),
    (6, "incident", include_str!("../migrations/0006_incident.sql")),
    (7, "programs", include_str!("../migrations/0007_programs.sql")),
    (8, "photo", include_str!("../migrations/0008_photo.sql")),
    (10, "desk", include_str!("../migrations/0010_desk.sql")),
    (11, "advice", include_str!("../migrations/0011_advice.sql")),
    (12, "clocks", include_str!("../migrations/0012_clocks.sql")),
    (13, "template", include_str!("../migrations/0013_template.sql")),
    (14, "journal", include_str!("../migrations/0014_journal.sql")),
];

/// The newest version.
pub const NEWEST: i64 = ALL[ALL.len() - 1].0;

pub fn migrator() -> Migrator {
    let migrations = ALL.map(|(version, name, sql)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_a_migration_in_its_order() {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).unwrap();
        let mut files: Vec<_> = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        let listed = ALL.map(|(version, name, _)| format!("{version:04}_{name}.sql"));
        assert_eq!(files, listed);
        assert!(ALL.windows(2).all(|pair| pair[1].0 > pair[0].0));
    }
}
