//! How a form is to be built.

use std::fmt;
use std::sync::Arc;

/// Called with the bytes sent so far and their total.
pub(crate) type Progress = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// How a form is to be built: its boundary, its names, a limit for its files, a progress hook.
#[derive(Clone, Default)]
pub struct FormOptions {
    pub(crate) boundary: Option<String>,
    pub(crate) array_names: ArrayNames,
    pub(crate) max_file_length: Option<u64>,
    pub(crate) progress: Option<Progress>,
}

impl FormOptions {
    /// A random boundary, plain names, and files of any length.
    pub fn new() -> Self {
        Self::default()
    }

    /// Uses this boundary: 1 to 70 ASCII letters, digits or any of `'+_.-`.
    #[must_use]
    pub fn with_boundary(mut self, boundary: impl Into<String>) -> Self {
        self.boundary = Some(boundary.into());
        self
    }

    /// Sets how the members of an array are named.
    #[must_use]
    pub fn with_array_names(mut self, array_names: ArrayNames) -> Self {
        self.array_names = array_names;
        self
    }

    /// Refuses files of more than this many bytes.
    #[must_use]
    pub fn with_max_file_length(mut self, bytes: u64) -> Self {
        self.max_file_length = Some(bytes);
        self
    }

    /// Calls `hook` as the files of a form are sent, with the bytes of all of them that were handed
    /// to the connection so far, and their total; at each chunk of at most 1 MiB (of any size, for a
    /// stream). Another form, for a second attempt, starts from zero.
    ///
    /// The hook runs on the task that sends, and holds it up for as long as it takes. Hooks of
    /// single files ([`Upload::on_progress`](crate::Upload::on_progress)) are called too.
    #[must_use]
    pub fn on_progress(mut self, hook: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(hook));
        self
    }
}

impl fmt::Debug for FormOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormOptions")
            .field("boundary", &self.boundary)
            .field("array_names", &self.array_names)
            .field("max_file_length", &self.max_file_length)
            .finish_non_exhaustive()
    }
}

/// How the members of an array are named, where they repeat its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArrayNames {
    /// `ids`, as OpenAPI has it.
    #[default]
    Plain,
    /// `ids[]` for texts, but `files` for files: some servers look for files under the exact name.
    TextBrackets,
    /// `ids[]` and `files[]`.
    Brackets,
}
