//! Where the data is.

use std::path::PathBuf;

use clap::Args;
use hub::{Hub, Keys, SystemClock};
use store::{Blobs, Place, Settings, Store};

use super::home::HomeArgs;
use super::secret;
use crate::commands::Failure;

#[derive(Clone, Debug, Args)]
pub struct DataArgs {
    /// The folder of everything the server owns: the database (without --database), the master key.
    #[arg(long, env = "SHOUWANG_DATA", default_value = "var", value_name = "DIR")]
    pub data: PathBuf,
    /// A database by URL, postgres://… or sqlite://…; without it, a SQLite file in the data folder.
    #[arg(long, env = "SHOUWANG_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// A file whose first line is the database's URL.
    #[arg(long, env = "SHOUWANG_DATABASE_FILE", value_name = "FILE")]
    pub database_file: Option<PathBuf>,
    /// The master key, 32 bytes; made when it is missing. Servers that share a database share it.
    #[arg(long, env = "SHOUWANG_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// The folder of photos, sealed; without it, `photos` in the data folder. Servers that share a database share it.
    #[arg(long, env = "SHOUWANG_PHOTOS", value_name = "DIR")]
    pub photos: Option<PathBuf>,
    /// Connections that read.
    #[arg(long, env = "SHOUWANG_READERS", default_value_t = 4, value_name = "N")]
    pub readers: u32,
}

impl DataArgs {
    pub fn place(&self) -> Result<Place, Failure> {
        match secret::from_either(self.database.as_deref(), self.database_file.as_deref())? {
            Some(url) => Ok(url.parse()?),
            None => Ok(Place::File(self.data.join("shouwang.db"))),
        }
    }

    pub fn key_file(&self) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| self.data.join("keys/master.key"))
    }

    pub async fn store(&self) -> Result<Store, Failure> {
        Ok(Store::open(Settings { place: self.place()?, readers: self.readers }).await?)
    }

    pub async fn hub(&self, home: &HomeArgs) -> Result<Hub, Failure> {
        let store = self.store().await?;
        let keys = Keys::of(&store, &self.key_file()).await?;
        let photos = self.photos.clone().unwrap_or_else(|| self.data.join("photos"));
        Ok(Hub::new(store, Blobs::folder(&photos)?, &keys, std::sync::Arc::new(SystemClock), home.home()?))
    }
}
