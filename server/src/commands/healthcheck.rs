//! `shouwang healthcheck`

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Failure;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The server's address.
    #[arg(long, env = "SHOUWANG_LISTEN", default_value = "127.0.0.1:3000", value_name = "ADDRESS")]
    listen: SocketAddr,
}

pub async fn run(args: Args) -> Result<(), Failure> {
    let answer =
        tokio::time::timeout(Duration::from_secs(5), ask(args.listen)).await.map_err(|_| "no answer in 5 s")??;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("no answer that can be read")?;
    println!("{}", body.trim());
    if head.starts_with("HTTP/1.1 200") { Ok(()) } else { Err("not ready".into()) }
}

async fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}
