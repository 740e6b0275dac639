//! Which of the two ways unions are decoded in.

use std::cell::Cell;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Anyone may be decoding.
    Careful,
    /// Whoever decodes will do so again, with care, if a union reports that it must.
    OnePass,
    /// A union has reported so.
    MustRepeat,
}

thread_local! {
    static MODE: Cell<Mode> = const { Cell::new(Mode::Careful) };
}

/// Decodes with unions in one pass. If that fails, or a union could not be decoded so, decodes again with care.
pub(crate) fn one_pass_first<T, E>(decode: impl Fn() -> Result<T, E>) -> Result<T, E> {
    let first = {
        let _restored = Restored::after(Mode::OnePass);
        // A success counts only if no union reported: its error may have been swallowed on the way.
        decode().ok().filter(|_| MODE.get() == Mode::OnePass)
    };
    match first {
        Some(value) => Ok(value),
        None => with_care(decode),
    }
}

/// Decodes with care, whatever the mode outside.
pub(super) fn with_care<T>(decode: impl FnOnce() -> T) -> T {
    let _restored = Restored::after(Mode::Careful);
    decode()
}

/// Whether unions may be decoded in one pass.
pub(super) fn is_one_pass() -> bool {
    MODE.get() != Mode::Careful
}

/// Reports that all must be decoded again.
pub(super) fn must_repeat() {
    if MODE.get() == Mode::OnePass {
        MODE.set(Mode::MustRepeat);
    }
}

/// Restores the mode, also when decoding panics.
struct Restored(Mode);

impl Restored {
    fn after(mode: Mode) -> Self {
        Self(MODE.replace(mode))
    }
}

impl Drop for Restored {
    fn drop(&mut self) {
        MODE.set(self.0);
    }
}
