//! How this crate compares with doing the same by hand. `cargo xtask bench` runs it; README.md beside it tells of the results.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod decode;
mod hand;
mod overhead;
mod samples;
mod server;
mod table;
mod upload;

use table::Table;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // A contender of the upload runs in a process of its own, so that its memory can be told.
    if let Some(contender) = upload::Contender::from_arguments(&arguments) {
        return contender.run();
    }
    // `cargo test --benches` only asks whether it starts.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let mut table = Table::new();
    decode::measure(&mut table);
    overhead::measure(&mut table);
    upload::measure(&mut table);
    println!("{table}");
}
