//! Servers that cost as little as can be.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

/// Answers each GET with `get` and each POST with `post`, on threads of its own; gives the base URL.
pub fn canned(get: &str, post: &str) -> String {
    let (get, post) = (response("200 OK", get), response("201 Created", post));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for connection in listener.incoming() {
            let (get, post) = (get.clone(), post.clone());
            thread::spawn(move || serve(connection.unwrap(), &get, &post));
        }
    });
    format!("http://{address}/v1")
}

fn response(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes()
}

fn serve(mut connection: TcpStream, get: &[u8], post: &[u8]) -> Option<()> {
    connection.set_nodelay(true).ok()?;
    let mut buffer = vec![0; 1 << 20];
    let mut filled = 0;
    loop {
        let end = loop {
            if let Some(end) = buffer[..filled]
                .windows(4)
                .position(|window| window == b"\r\n\r\n")
            {
                break end + 4;
            }
            let read = connection.read(&mut buffer[filled..]).ok()?;
            if read == 0 {
                return None;
            }
            filled += read;
        };
        let head = std::str::from_utf8(&buffer[..end])
            .ok()?
            .to_ascii_lowercase();
        let length = head
            .split("\r\ncontent-length:")
            .nth(1)
            .and_then(|rest| rest.split("\r\n").next())
            .map_or(0, |length| length.trim().parse::<usize>().unwrap());
        if head.contains("expect: 100-continue") {
            connection
                .write_all(b"HTTP/1.1 100 Continue\r\n\r\n")
                .ok()?;
        }
        let mut left = length.saturating_sub(filled - end);
        while left > 0 {
            let read = connection.read(&mut buffer).ok()?;
            if read == 0 {
                return None;
            }
            left -= read.min(left);
        }
        filled = 0;
        let response = if head.starts_with("get") { get } else { post };
        connection.write_all(response).ok()?;
    }
}
