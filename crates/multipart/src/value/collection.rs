//! Arrays and maps.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use crate::error::FormError;
use crate::field::Field;
use crate::value::FormValue;

impl<T: FormValue> FormValue for [T] {
    const REPEATS: bool = false;

    fn write(&self, mut field: Field<'_>) -> Result<(), FormError> {
        for (index, value) in self.iter().enumerate() {
            if T::REPEATS {
                value.write(field.repeat())?;
            } else {
                value.write(field.index(index))?;
            }
        }
        Ok(())
    }
}

impl<T: FormValue> FormValue for Vec<T> {
    const REPEATS: bool = false;

    fn write(&self, field: Field<'_>) -> Result<(), FormError> {
        self.as_slice().write(field)
    }
}

impl<T: FormValue, const N: usize> FormValue for [T; N] {
    const REPEATS: bool = false;

    fn write(&self, field: Field<'_>) -> Result<(), FormError> {
        self.as_slice().write(field)
    }
}

impl<T: FormValue> FormValue for BTreeMap<String, T> {
    const REPEATS: bool = false;

    fn write(&self, mut field: Field<'_>) -> Result<(), FormError> {
        for (key, value) in self {
            value.write(field.entry(key)?)?;
        }
        Ok(())
    }
}

/// Sorted by key, so that a form is the same each time.
impl<T: FormValue, S: BuildHasher> FormValue for HashMap<String, T, S> {
    const REPEATS: bool = false;

    fn write(&self, mut field: Field<'_>) -> Result<(), FormError> {
        let mut entries: Vec<_> = self.iter().collect();
        entries.sort_by_key(|(key, _)| *key);
        for (key, value) in entries {
            value.write(field.entry(key)?)?;
        }
        Ok(())
    }
}
