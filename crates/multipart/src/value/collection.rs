//! Arrays and maps.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use crate::field::FieldWriter;
use crate::value::FormValue;

impl<T: FormValue> FormValue for [T] {
    fn write(&self, mut field: FieldWriter<'_>) {
        for (index, value) in self.iter().enumerate() {
            value.write(if T::REPEATS {
                field.repeat()
            } else {
                field.index(index)
            });
        }
    }
}

impl<T: FormValue> FormValue for Vec<T> {
    fn write(&self, field: FieldWriter<'_>) {
        self.as_slice().write(field);
    }
}

impl<T: FormValue, const N: usize> FormValue for [T; N] {
    fn write(&self, field: FieldWriter<'_>) {
        self.as_slice().write(field);
    }
}

impl<T: FormValue> FormValue for BTreeMap<String, T> {
    fn write(&self, mut field: FieldWriter<'_>) {
        for (key, value) in self {
            value.write(field.extra(key, &[]));
        }
    }
}

/// Sorted by key, so that a form is the same each time.
impl<T: FormValue, S: BuildHasher> FormValue for HashMap<String, T, S> {
    fn write(&self, mut field: FieldWriter<'_>) {
        let mut entries: Vec<_> = self.iter().collect();
        entries.sort_by_key(|(key, _)| *key);
        for (key, value) in entries {
            value.write(field.extra(key, &[]));
        }
    }
}
