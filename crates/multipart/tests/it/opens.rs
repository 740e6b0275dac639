//! How often a file is opened, as the kernel tells.

use std::fs;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::path::Path;

use futures_util::TryStreamExt;
use postpress_multipart::{FormBody, Upload};
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};

use crate::support::fields;

/// Counts how often the files in a directory are opened.
struct Opens(Reader<'static, OwnedFd>);

impl Opens {
    fn watch(directory: &Path) -> Self {
        let watch = inotify::init(CreateFlags::NONBLOCK).unwrap();
        // Of equal events in a row only one is kept, so that the closing has to be watched too.
        let events = WatchFlags::OPEN | WatchFlags::CLOSE;
        inotify::add_watch(&watch, directory, events).unwrap();
        let buffer = Vec::leak(vec![MaybeUninit::uninit(); 64 * 1024]);
        Self(Reader::new(watch, buffer))
    }

    /// The names of the files that were opened since this was last asked, in order.
    fn since(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        while let Ok(event) = self.0.next() {
            if event.events().contains(ReadFlags::OPEN) {
                let name = event.file_name().unwrap();
                names.push(name.to_str().unwrap().to_owned());
            }
        }
        names
    }
}

#[tokio::test]
async fn a_form_opens_each_file_once_when_it_is_built_and_once_when_it_is_sent() {
    let directory = tempfile::tempdir().unwrap();
    let names = ["a", "b", "c"];
    let paths = names.map(|name| directory.path().join(name));
    for path in &paths {
        fs::write(path, vec![7; 2_000_000]).unwrap();
    }
    let body = fields(|form| {
        for path in &paths {
            form.field("files").put(&Upload::path(path));
        }
    });
    let mut opens = Opens::watch(directory.path());
    let form = body.to_form().unwrap();
    assert_eq!(opens.since(), names);
    // All that can be asked of a form is known by now.
    assert_eq!(form.uploads().count(), 3);
    assert!(form.is_replayable() && form.content_length() > 6_000_000);
    assert!(opens.since().is_empty());
    let _: Vec<_> = form.into_stream().try_collect().await.unwrap();
    assert_eq!(opens.since(), names);
}
