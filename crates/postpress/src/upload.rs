//! Files on their way out.

pub use postpress_client::multipart::Upload;

use crate::error::InvalidField;

/// What the documentation gives as the usual limit of a file, in bytes: 15 MB. From the page "Send Messages".
pub const STANDARD_LIMIT: u64 = 15_000_000;

/// Refuses files that are larger than `limit` allows, or cannot be looked at.
pub(crate) fn check_size(
    field: &'static str,
    uploads: &[&Upload],
    limit: Option<u64>,
    problems: &mut Vec<InvalidField>,
) {
    let Some(limit) = limit else { return };
    for upload in uploads {
        if let Some(length) = upload.length().filter(|length| *length > limit) {
            let name = upload
                .get_file_name()
                .map(|name| format!("{name:?} has "))
                .unwrap_or_default();
            problems.push(InvalidField::new(
                field,
                format!("{name}{length} bytes, more than the {limit} that were set as the limit"),
            ));
        }
    }
}
