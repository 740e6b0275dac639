//! The error types that a service documents, as data.

/// What is documented of one error type.
#[derive(Debug, PartialEq, Eq)]
pub struct ErrorInfo {
    error_type: &'static str,
    documented: &'static [Documented],
}

/// One place where an error type is documented: an operation, a status, and what it means there.
#[derive(Debug, PartialEq, Eq)]
pub struct Documented {
    operation: &'static str,
    status: u16,
    description: &'static str,
}

/// A status, the operations that document it, and what it means there.
pub type Row = (u16, &'static [&'static str], &'static str);

impl ErrorInfo {
    /// For [`error_catalogue!`](crate::error_catalogue).
    #[doc(hidden)]
    pub const fn __new(error_type: &'static str, documented: &'static [Documented]) -> Self {
        Self {
            error_type,
            documented,
        }
    }

    /// The error type as it is on the wire.
    pub const fn error_type(&self) -> &'static str {
        self.error_type
    }

    /// What it means: the first description that is documented; empty if there is none.
    pub const fn description(&self) -> &'static str {
        match self.documented {
            [first, ..] => first.description,
            [] => "",
        }
    }

    /// Every place where it is documented, in the order of the document.
    pub const fn documented(&self) -> &'static [Documented] {
        self.documented
    }

    /// The status that it comes with, if that is the same everywhere.
    pub fn status(&self) -> Option<u16> {
        let (first, others) = self.documented.split_first()?;
        others
            .iter()
            .all(|other| other.status == first.status)
            .then_some(first.status)
    }

    /// The names of the operations that document it, each once, in the order of the document.
    pub fn operations(&self) -> impl Iterator<Item = &'static str> + use<> {
        let documented = self.documented;
        documented
            .iter()
            .enumerate()
            .filter(|(index, place)| {
                documented[..*index]
                    .iter()
                    .all(|earlier| earlier.operation != place.operation)
            })
            .map(|(_, place)| place.operation)
    }
}

impl Documented {
    /// For [`error_catalogue!`](crate::error_catalogue): the number of places in some rows.
    #[doc(hidden)]
    pub const fn __count(rows: &[Row]) -> usize {
        let (mut count, mut row) = (0, 0);
        while row < rows.len() {
            count += rows[row].1.len();
            row += 1;
        }
        count
    }

    /// For [`error_catalogue!`](crate::error_catalogue): the `N` places of some rows.
    #[doc(hidden)]
    pub const fn __each<const N: usize>(rows: &[Row]) -> [Self; N] {
        const NONE: Documented = Documented {
            operation: "",
            status: 0,
            description: "",
        };
        let mut each = [NONE; N];
        let (mut count, mut row) = (0, 0);
        while row < rows.len() {
            let (status, operations, description) = rows[row];
            let mut number = 0;
            while number < operations.len() {
                each[count] = Documented {
                    operation: operations[number],
                    status,
                    description,
                };
                count += 1;
                number += 1;
            }
            row += 1;
        }
        each
    }

    /// The operation's id.
    pub const fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status of the response.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// What it means in a response of this operation.
    pub const fn description(&self) -> &'static str {
        self.description
    }
}

/// Defines the error types that a service documents: an [`open_string_enum!`](crate::open_string_enum) with what is
/// documented of each, as data: under which status and by which operations, with which meaning. The first meaning
/// documents the variant. Lists of operations that many error types share have a name, so that a new operation is a new
/// word in few lines.
///
/// ```
/// postpress_runtime::error_catalogue! {
///     operations {
///         SENDING = ["startChat", "sendMessage"];
///     }
///     /// The types of problems.
///     pub enum ErrorType {
///         InvalidParameters = "errors/invalid_parameters" => [
///             400 SENDING: "A parameter of the message is invalid.",
///             400 ["getChat"]: "The id is malformed.",
///         ],
///     }
/// }
///
/// let info = ErrorType::from("errors/invalid_parameters").info().expect("is documented");
/// assert_eq!(info.status(), Some(400));
/// assert_eq!(info.description(), "A parameter of the message is invalid.");
/// assert!(info.operations().eq(["startChat", "sendMessage", "getChat"]));
/// assert!(ErrorType::from("errors/new").info().is_none());
/// assert_eq!(ErrorType::all().count(), 1);
/// ```
#[macro_export]
macro_rules! error_catalogue {
    (
        operations { $($group:ident = $members:tt;)* }
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident {
            $(
                $variant:ident = $value:literal => [
                    $status:literal $operations:tt: $description:literal
                    $(, $other_status:literal $other_operations:tt: $other_description:literal)* $(,)?
                ]
            ),* $(,)?
        }
    ) => {
        $crate::open_string_enum! {
            $(#[$attribute])*
            $visibility enum $name {
                $(#[doc = $description] $variant = $value,)*
            }
        }

        impl $name {
            /// What is documented of this error type; `None` if it is unknown.
            pub fn info(&self) -> $crate::__private::std::option::Option<&'static $crate::ErrorInfo> {
                $(const $group: &[&$crate::__private::std::primitive::str] = &$members;)*
                match self {
                    $(Self::$variant => {
                        const ROWS: &[$crate::__private::Row] = &[
                            ($status, &$operations, $description),
                            $(($other_status, &$other_operations, $other_description),)*
                        ];
                        const EACH: [$crate::Documented; $crate::Documented::__count(ROWS)] =
                            $crate::Documented::__each(ROWS);
                        const INFO: $crate::ErrorInfo = $crate::ErrorInfo::__new($value, &EACH);
                        $crate::__private::std::option::Option::Some(&INFO)
                    })*
                    Self::Unknown(_) => $crate::__private::std::option::Option::None,
                }
            }

            /// What is documented of every error type that has a name, in the order of the document.
            pub fn all() -> impl $crate::__private::std::iter::Iterator<Item = &'static $crate::ErrorInfo> {
                $crate::__private::std::iter::Iterator::filter_map(Self::VALUES.iter(), Self::info)
            }
        }
    };
}
