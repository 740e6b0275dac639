use super::*;

const SOURCE: &str = r##"
use super::other;

/// Not shown.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct Chat {
    /// Not shown.
    #[serde(rename = "type")]
    pub type_: enums::ChatType,
    pub seen_by: ::std::collections::HashMap<String, variants::ReadReceipt>,
    secret: u8,
}
impl FormBody for Chat {
    fn write(&self) {}
}
impl Chat {
    pub async fn list(&self, ids: Option<&[String]>, f: impl AsRef<str>) -> Result<Response<types::ChatList>, Error<types::Problem>> { todo!() }
    pub fn with(mut self, key: &'static str) -> Self { self }
    fn private(&self) {}
}
struct Hidden;
impl Hidden { pub fn new() -> Self { Hidden } }
pub const BASE: &str = "https://x.example";
fn private() {}
::postpress_runtime::open_string_enum! {
    /// Docs.
    pub enum AccountType {
        /// Docs.
        Whatsapp = "WHATSAPP",
        Other = "#other",
    }
}
::postpress_runtime::open_integer_enum! {
    pub enum Distance { First = 1, MinusOne = -1, }
}
#[derive(Clone, ::serde::Deserialize)]
#[serde(tag = "type")]
#[non_exhaustive]
pub enum Attachment {
    #[serde(rename = "img", serialize_with = "x")]
    Image(types::ImageAttachment),
    #[serde(untagged)]
    Unknown(::serde_json::Value),
}
#[derive(Clone)]
#[serde(untagged)]
pub enum Until { Timestamp(::postpress_runtime::Timestamp), Number(#[serde(serialize_with = "x")] f64) }
::postpress_runtime::error_catalogue! {
    pub enum ErrorType {
        Missing = "errors/missing" => [
            400 "startChat": "Missing, and more.",
        ],
        Wrong = "errors/wrong" => [],
    }
}
"##;

const OUTLINE: &str = r##"# The public API of the generated code, in outline; not to be edited. Made by: cargo xtask generate

const x::BASE: &str = "https://x.example"

enum x::AccountType: open_string_enum!
    Whatsapp = "WHATSAPP"
    Other = "#other"

enum x::Attachment: tag = "type" + Clone + Deserialize + #[non_exhaustive]
    Image(types::ImageAttachment) = "img"
    Unknown(serde_json::Value)

enum x::Distance: open_integer_enum!
    First = 1
    MinusOne = -1

enum x::ErrorType: error_catalogue!
    Missing = "errors/missing"
    Wrong = "errors/wrong"

enum x::Until: untagged + Clone
    Timestamp(postpress_runtime::Timestamp)
    Number(f64)

struct x::Chat: Clone + Debug + Default
    type_: enums::ChatType
    seen_by: std::collections::HashMap<String, variants::ReadReceipt>
    impl FormBody
    async fn list(&self, ids: Option<&[String]>, f: impl AsRef<str>) -> Result<Response<types::ChatList>, Error<types::Problem>>
    fn with(self, key: &'static str) -> Self
"##;

fn of(source: &str) -> Outline {
    outline([("x.rs", source)]).unwrap()
}

#[test]
fn the_outline_has_everything_public_and_nothing_else() {
    assert_eq!(
        text(&of(SOURCE), "the generated code", "cargo xtask generate"),
        OUTLINE
    );
}

#[test]
fn in_which_file_of_a_module_an_item_stands_makes_no_difference() {
    let files = |parts: bool| {
        let (client, cats) = (
            "pub struct Client;",
            "impl Client { pub fn cats(&self) {} }",
        );
        let (cat, dog) = ("pub struct Cat;", "pub struct Dog;");
        let root = "pub mod client;\npub mod types;";
        let files = match parts {
            false => vec![
                ("mod.rs", root.to_owned()),
                ("client.rs", format!("{client}{cats}")),
                ("types.rs", format!("{cat}{dog}")),
            ],
            true => vec![
                ("mod.rs", root.to_owned()),
                ("client.rs", format!("mod cats; {client}")),
                ("client/cats.rs", cats.to_owned()),
                (
                    "types.rs",
                    "mod cats; mod dogs; pub use cats::*; pub use dogs::*;".to_owned(),
                ),
                ("types/cats.rs", cat.to_owned()),
                ("types/dogs.rs", dog.to_owned()),
            ],
        };
        outline(files.iter().map(|(name, text)| (*name, text.as_str()))).unwrap()
    };
    assert_eq!(files(true), files(false));
    assert!(files(true).contains_key("struct types::Dog"));
}

#[test]
fn a_change_is_shown_under_the_item_that_it_belongs_to() {
    let changed = SOURCE
        .replace("Whatsapp = \"WHATSAPP\",", "")
        .replace("secret: u8", "pub known: Option<bool>")
        .replace("First = 1", "First = 1, Second = 2")
        .replace("pub const BASE: &str", "pub const ROOT: &str");
    assert_eq!(
        difference(&of(SOURCE), &of(&changed)).join("\n"),
        "\
- const x::BASE: &str = \"https://x.example\"
+ const x::ROOT: &str = \"https://x.example\"
  enum x::AccountType: open_string_enum!
-     Whatsapp = \"WHATSAPP\"
  enum x::Distance: open_integer_enum!
+     Second = 2
  struct x::Chat: Clone + Debug + Default
+     known: Option<bool>"
    );
    assert!(difference(&of(SOURCE), &of(SOURCE)).is_empty());
}

#[test]
fn of_a_crate_it_has_what_can_be_reached() {
    let files = [
        (
            "lib.rs",
            "mod hidden;\nmod all;\npub mod open;\npub use hidden::{Shown, Other as Known};\npub use all::*;\n#[doc(hidden)] pub mod __private;",
        ),
        (
            "hidden.rs",
            "pub struct Shown { pub a: u8 }\npub struct Kept;\npub(crate) struct Own;\npub struct Other;",
        ),
        (
            "all/mod.rs",
            "pub trait Each: Send { type Item; fn each(&self) -> Option<u8> { None } #[doc(hidden)] fn not(&self); }",
        ),
        (
            "open.rs",
            "pub fn run<T>(t: T) where T: Fn(u8) -> u8 {}\nmod deep;\n#[macro_export] macro_rules! make { () => {} }",
        ),
        ("open/deep.rs", "pub struct Deep;"),
        ("__private.rs", "pub struct Secret;"),
        (
            "shown.rs",
            "impl<T> From<T> for Shown { }\nimpl Shown { pub fn of() -> Self {} #[doc(hidden)] pub fn by() {} }",
        ),
    ];
    let outline = outline(files).unwrap();
    let lines: Vec<&str> = outline.values().flatten().map(String::as_str).collect();
    assert_eq!(
        lines,
        [
            "fn open::run: fn run<T>(t: T) where T: Fn(u8) -> u8",
            "macro make",
            "mod open",
            "struct hidden::Other",
            "struct hidden::Shown",
            "    a: u8",
            "    impl<T> From<T> for Shown",
            "    fn of() -> Self",
            "trait all::Each: Send",
            "    type Item",
            "    fn each(&self) -> Option<u8>",
            "use all::*",
            "use hidden::{ Shown, Other as Known }",
        ]
    );
}
