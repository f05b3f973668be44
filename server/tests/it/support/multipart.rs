//! Forms with files, as browsers and programs send them.

pub const BOUNDARY: &str = "a-line-that-no-picture-has";

/// What such a form says of itself.
pub fn kind() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

/// The body for parts of a name, the name of a file or nothing, and bytes.
pub fn multipart(parts: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, bytes) in parts {
        let file = if file.is_empty() { String::new() } else { format!("; filename=\"{file}\"") };
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}
