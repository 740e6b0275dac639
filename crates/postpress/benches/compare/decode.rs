//! Decoding, against structs written by hand.

use std::{hint::black_box, path::Path};

use criterion::{Criterion, Throughput};
use postpress::raw::{decode_json, types};

use crate::{hand, samples, table::Table};

/// The JSON that stands in the place of a number in the chat in the middle of a page.
const ODD: [(&str, &str); 2] = [("odd chat", "[]"), ("tolerated number", r#""2""#)];

pub fn measure(criterion: &mut Criterion) {
    let page = samples::page();
    let mut group = criterion.benchmark_group("page");
    group.throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("by hand", |bencher| {
        bencher
            .iter(|| serde_json::from_slice::<hand::ChatList>(black_box(page.as_bytes())).unwrap());
    });
    group.bench_function("postpress", |bencher| {
        bencher.iter(|| decode_json::<types::ChatList>(black_box(page.as_bytes())).unwrap());
    });
    group.finish();

    for (name, unread_count) in ODD {
        let odd = samples::page_with(&unread_count.parse().unwrap());
        let mut group = criterion.benchmark_group(name);
        for (name, page) in [("without it", &page), ("postpress", &odd)] {
            group.bench_function(name, |bencher| {
                bencher
                    .iter(|| decode_json::<types::ChatList>(black_box(page.as_bytes())).unwrap());
            });
        }
        group.finish();
    }

    let chat = samples::detail(20);
    let mut group = criterion.benchmark_group("attachments");
    group.throughput(Throughput::Bytes(chat.len() as u64));
    group.bench_function("by hand", |bencher| {
        bencher.iter(|| serde_json::from_slice::<hand::Chat>(black_box(chat.as_bytes())).unwrap());
    });
    group.bench_function("one flat struct", |bencher| {
        bencher.iter(|| {
            serde_json::from_slice::<hand::flat::Chat>(black_box(chat.as_bytes())).unwrap()
        });
    });
    group.bench_function("postpress", |bencher| {
        bencher.iter(|| decode_json::<types::ChatDetail>(black_box(chat.as_bytes())).unwrap());
    });
    group.finish();
}

pub fn report(folder: &Path, table: &mut Table) {
    table.measured(
        folder,
        "decode a page of 250 chats",
        "page",
        "by hand",
        "1.30",
    );
    for (name, _) in ODD {
        let what = format!("decode that page with one {name}");
        table.measured(folder, &what, name, "without it", "");
    }
    table.measured(
        folder,
        "decode a chat with 20 attachments",
        "attachments",
        "by hand",
        "1.40",
    );
    table.measured(folder, "the same", "attachments", "one flat struct", "");
}
