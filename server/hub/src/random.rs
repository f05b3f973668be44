//! Random bytes from the operating system.

use crate::HubError;

pub fn bytes<const N: usize>() -> Result<[u8; N], HubError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(HubError::Random)?;
    Ok(bytes)
}
