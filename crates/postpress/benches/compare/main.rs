//! How this crate compares with doing the same by hand. `cargo xtask bench` runs it; README.md beside it tells of the results.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod decode;
mod hand;
mod overhead;
mod samples;
mod server;
mod table;
mod upload;

use std::path::Path;

use criterion::Criterion;

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
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("criterion");
    let mut criterion = Criterion::default()
        .output_directory(&folder)
        .sample_size(60)
        .without_plots();
    decode::measure(&mut criterion);
    overhead::measure(&mut criterion);
    criterion.final_summary();

    let mut table = Table::new();
    decode::report(&folder, &mut table);
    overhead::report(&folder, &mut table);
    upload::measure(&mut table);
    println!("{table}");
}
