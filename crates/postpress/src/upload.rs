//! Files on their way out: looked at before anything is sent, counted while they are.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

pub use postpress_client::multipart::Upload;
use postpress_client::multipart::{FormBody, FormWriter};

use crate::error::InvalidField;

/// What the documentation gives as the usual limit of a file, in bytes: 15 MB. From the page "Send Messages".
pub const STANDARD_LIMIT: u64 = 15_000_000;

/// A form with files.
pub(crate) trait Files: FormBody {
    /// Its files with the names of their fields, in the order in which they are sent.
    fn files(&mut self) -> Vec<(&'static str, &mut Upload)>;
}

/// What is to be called as files are sent: with the bytes sent and their total.
pub(crate) type Hook = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// How far the files of a message have been sent, together.
pub(crate) struct Progress {
    sent: Arc<[AtomicU64]>,
}

/// Looks at every file by itself, so that all that is wrong comes to light at once. Gives their lengths in bytes.
pub(crate) fn inspect(
    files: &[(&'static str, &mut Upload)],
    limit: Option<u64>,
    problems: &mut Vec<InvalidField>,
) -> Vec<u64> {
    let mut lengths = Vec::with_capacity(files.len());
    for (field, upload) in files {
        match (Single { field, upload }).to_form() {
            Ok(form) => {
                let length = form.parts().iter().map(|part| part.length()).sum();
                if let Some(limit) = limit.filter(|limit| length > *limit) {
                    let name = upload.file_name();
                    let name = name.map_or_else(|| "a file".to_owned(), |name| format!("{name:?}"));
                    let why = format!("{name} has {length} bytes, more than the limit of {limit}");
                    problems.push(InvalidField::new(*field, why));
                }
                lengths.push(length);
            }
            Err(error) => {
                problems.extend(InvalidField::of_form(&error));
            }
        }
    }
    lengths
}

impl Progress {
    /// Counts what is sent of `files`, which have these `lengths`, and tells `hook`.
    pub(crate) fn watch(
        files: Vec<(&'static str, &mut Upload)>,
        lengths: &[u64],
        hook: &Hook,
    ) -> Self {
        let sent: Arc<[AtomicU64]> = lengths.iter().map(|_| AtomicU64::new(0)).collect();
        let total = lengths.iter().sum();
        for (index, (_, upload)) in files.into_iter().enumerate() {
            let (sent, hook) = (Arc::clone(&sent), Arc::clone(hook));
            *upload = upload.clone().on_progress(move |now, _| {
                sent[index].store(now, Ordering::Relaxed);
                hook(
                    sent.iter().map(|one| one.load(Ordering::Relaxed)).sum(),
                    total,
                );
            });
        }
        Self { sent }
    }

    /// Another attempt starts from nothing.
    pub(crate) fn restart(&self) {
        for one in &*self.sent {
            one.store(0, Ordering::Relaxed);
        }
    }
}

/// A form of one file.
struct Single<'a> {
    field: &'static str,
    upload: &'a Upload,
}

impl FormBody for Single<'_> {
    fn write(&self, form: &mut FormWriter) {
        form.field(self.field).with_accept("*/*").put(self.upload);
    }
}
