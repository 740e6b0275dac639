//! The recipients of a message.

use std::{collections::BTreeSet, fmt};

use crate::error::InvalidField;

/// A person or company, by the id that its provider uses. From the page "Start a new chat".
///
/// A text is read as a prefix that names the provider and an id, such as `linkedin:ACoAAACr` or `whatsapp:+33 6 00 00 00 00`. The prefixes
/// are `linkedin:`, `linkedin-company:`, `whatsapp:`, `instagram:`, `messenger:`, `telegram:`, `slack:` and `twitter:`; each is one of the
/// constructors here. With `raw:` before it, any id is taken as it is. Without a prefix an id is taken as it is as well, unless it has another
/// prefix, or is the address of a page or a telephone number: these are refused when the chat is started.
///
/// Where the provider is known, the id is checked as far as the documentation says what it looks like, and so is that the message has
/// nothing that the provider does not take.
///
/// ```
/// use postpress::Recipient;
///
/// assert_eq!(Recipient::whatsapp("+33 6 00 00 00 00").as_str(), "33600000000@s.whatsapp.net");
/// assert_eq!(Recipient::from("whatsapp:+33600000000"), Recipient::whatsapp("33600000000"));
/// assert_eq!(Recipient::from("raw:urn:li:person:1").as_str(), "urn:li:person:1");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Recipient {
    id: String,
    kind: Kind,
}

/// What a recipient is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    /// A text without a prefix that is known.
    Plain,
    Raw,
    LinkedinUser,
    LinkedinCompany,
    Whatsapp,
    /// A user of the provider of this name, whose ids may look like anything.
    Other(&'static str),
}

pub(crate) const LINKEDIN: &str = "LinkedIn";

/// What follows the number in an id of WhatsApp.
const WHATSAPP_SUFFIX: &str = "@s.whatsapp.net";

/// What makes a recipient of an id.
type Constructor = fn(&str) -> Recipient;

const PREFIXES: [(&str, Constructor); 9] = [
    ("linkedin", |id| Recipient::linkedin(id)),
    ("linkedin-company", |id| Recipient::linkedin_company(id)),
    ("whatsapp", |id| Recipient::whatsapp(id)),
    ("instagram", |id| Recipient::instagram(id)),
    ("messenger", |id| Recipient::messenger(id)),
    ("telegram", |id| Recipient::telegram(id)),
    ("slack", |id| Recipient::slack(id)),
    ("twitter", |id| Recipient::twitter(id)),
    ("raw", |id| Recipient::raw(id)),
];

/// What people put into telephone numbers.
const SEPARATORS: [char; 7] = [' ', '-', '.', '(', ')', '\u{a0}', '\u{202f}'];

impl Recipient {
    fn of(kind: Kind, id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            kind,
        }
    }

    /// A recipient by any id, which is not checked.
    pub fn raw(id: impl Into<String>) -> Self {
        Self::of(Kind::Raw, id)
    }

    /// A LinkedIn user, by `provider_id`: it begins with `ACo` (classic), `ACw` (Sales Navigator) or `AE` (Recruiter).
    pub fn linkedin(provider_id: impl Into<String>) -> Self {
        Self::of(Kind::LinkedinUser, provider_id)
    }

    /// A LinkedIn company, by `messaging_id`. The conversation needs a [topic](crate::linkedin::Classic::topic).
    pub fn linkedin_company(messaging_id: impl Into<String>) -> Self {
        Self::of(Kind::LinkedinCompany, messaging_id)
    }

    /// A WhatsApp user, by telephone number with its country code (`+33 6 00 00 00 00` or `33600000000`), or by the id that is made
    /// from it (`33600000000@s.whatsapp.net`).
    pub fn whatsapp(number: impl AsRef<str>) -> Self {
        let text = number.as_ref().trim();
        let number = text.strip_suffix(WHATSAPP_SUFFIX).unwrap_or(text);
        let number = number.strip_prefix('+').unwrap_or(number);
        let digits = number.replace(SEPARATORS, "");
        Self::of(Kind::Whatsapp, format!("{digits}{WHATSAPP_SUFFIX}"))
    }

    /// An Instagram user, by `provider_messaging_id`.
    pub fn instagram(provider_messaging_id: impl Into<String>) -> Self {
        Self::of(Kind::Other("Instagram"), provider_messaging_id)
    }

    /// A Messenger user, by the provider's id.
    pub fn messenger(provider_id: impl Into<String>) -> Self {
        Self::of(Kind::Other("Messenger"), provider_id)
    }

    /// A Telegram user, by the provider's id.
    pub fn telegram(provider_id: impl Into<String>) -> Self {
        Self::of(Kind::Other("Telegram"), provider_id)
    }

    /// A Slack user, by the provider's id.
    pub fn slack(provider_id: impl Into<String>) -> Self {
        Self::of(Kind::Other("Slack"), provider_id)
    }

    /// A Twitter user, by the provider's id.
    pub fn twitter(provider_id: impl Into<String>) -> Self {
        Self::of(Kind::Other("Twitter"), provider_id)
    }

    /// The id as it is sent.
    pub fn as_str(&self) -> &str {
        &self.id
    }

    /// The name of the provider, where it is known.
    fn provider(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Plain | Kind::Raw => None,
            Kind::LinkedinUser | Kind::LinkedinCompany => Some(LINKEDIN),
            Kind::Whatsapp => Some("WhatsApp"),
            Kind::Other(provider) => Some(provider),
        }
    }

    /// What is wrong with the id, without showing it.
    fn problem(&self) -> Option<String> {
        let id = self.id.trim();
        let why = match self.kind {
            _ if id.is_empty() || id == WHATSAPP_SUFFIX => "the id is empty",
            Kind::Raw => return None,
            _ if is_web_address(id) => {
                "the address of a page is no recipient: give the id that the provider has for the person, such as the \
                 `attendee_provider_id` of a chat"
            }
            Kind::LinkedinUser if !["ACo", "ACw", "AE"].iter().any(|it| id.starts_with(it)) => {
                "the id of a LinkedIn user begins with ACo, ACw or AE, and this one does not: if it is right all the same, write \
                 `raw:` before it"
            }
            Kind::Whatsapp if !is_whatsapp_id(id) => {
                "a WhatsApp number has 5 to 15 digits with the country's code first, and no 0 before it"
            }
            Kind::Plain if is_telephone_number(id) => {
                "a telephone number does not say on which provider it is: write `whatsapp:` before it, or `raw:` if it is an id"
            }
            Kind::Plain => return unknown_prefix(id),
            _ => return None,
        };
        Some(why.to_owned())
    }
}

/// What is wrong with a text that begins with a word and a colon, since no prefix is known that reads so.
fn unknown_prefix(text: &str) -> Option<String> {
    let (prefix, _) = text.split_once(':')?;
    let is_word = |c: char| c.is_alphabetic() || matches!(c, '-' | '_' | ' ');
    if prefix.is_empty() || !prefix.chars().all(is_word) {
        return None;
    }
    let likeness = |known: &str| strsim::jaro_winkler(known, &prefix.to_lowercase());
    let names = PREFIXES.map(|(name, _)| name);
    let names = names.into_iter().filter(|name| *name != "raw");
    let closest = names
        .clone()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    let advice = if likeness(closest) > 0.8 {
        format!("write `{closest}:`")
    } else {
        let names: Vec<String> = names.map(|name| format!("`{name}:`")).collect();
        format!("write one of {}", names.join(", "))
    };
    Some(format!(
        "the word before the colon names no provider: {advice}, or `raw:` before an id that has the colon itself"
    ))
}

fn is_whatsapp_id(id: &str) -> bool {
    id.strip_suffix(WHATSAPP_SUFFIX)
        .is_some_and(|digits| are_digits(digits, 5) && !digits.starts_with('0'))
}

/// Whether a text is a number of so many digits at least, and 15 at most.
fn are_digits(text: &str, least: usize) -> bool {
    (least..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_telephone_number(text: &str) -> bool {
    let number = text.strip_prefix('+').unwrap_or(text);
    are_digits(&number.replace(SEPARATORS, ""), 7)
}

/// Whether a text is a URL, or one without its scheme, such as `linkedin.com/in/anna`.
fn is_web_address(text: &str) -> bool {
    let is_host = |host: &str| {
        let in_names = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        host.contains('.') && host.chars().all(in_names)
    };
    text.contains("://")
        || text.starts_with("www.")
        || text.split_once('/').is_some_and(|(host, _)| is_host(host))
}

/// Shows only the length of the id, which is personal.
impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({} characters)", self.id.chars().count())
    }
}

impl From<&str> for Recipient {
    fn from(text: &str) -> Self {
        let prefixed = text.split_once(':').and_then(|(prefix, id)| {
            let is_named = |name: &str| name.eq_ignore_ascii_case(prefix.trim());
            let (_, constructor) = PREFIXES.iter().find(|(name, _)| is_named(name))?;
            Some(constructor(id.trim()))
        });
        prefixed.unwrap_or_else(|| Self::of(Kind::Plain, text))
    }
}

impl From<String> for Recipient {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&String> for Recipient {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

/// One recipient, or several that form a group.
///
/// ```
/// use postpress::{Recipient, Recipients};
///
/// let numbers = ["+33600000000", "+33600000001"];
/// let group: Recipients = numbers.into_iter().map(Recipient::whatsapp).collect();
/// assert_eq!(group.len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipients(Vec<Recipient>);

impl Recipients {
    /// The number of recipients.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no recipient.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        self.0.iter().map(|it| it.id.clone()).collect()
    }

    /// The names of the providers that are known.
    pub(crate) fn providers(&self) -> BTreeSet<&'static str> {
        self.0.iter().filter_map(Recipient::provider).collect()
    }

    pub(crate) fn has_company(&self) -> bool {
        self.0.iter().any(|it| it.kind == Kind::LinkedinCompany)
    }

    pub(crate) fn check(&self, invalid: &mut Vec<InvalidField>) {
        let mut refuse = |why: String| invalid.push(InvalidField::new("attendees_ids", why));
        if self.0.is_empty() {
            refuse("there is no recipient: give at least one".to_owned());
        }
        for (index, recipient) in self.0.iter().enumerate() {
            match recipient.problem() {
                Some(why) if self.0.len() == 1 => refuse(why),
                Some(why) => refuse(format!("recipient {}: {why}", index + 1)),
                None => {}
            }
        }
        if self.providers().len() > 1 {
            refuse("the recipients are on different providers, and a chat is on one".to_owned());
        }
    }
}

impl<R: Into<Recipient>> FromIterator<R> for Recipients {
    fn from_iter<I: IntoIterator<Item = R>>(recipients: I) -> Self {
        Self(recipients.into_iter().map(Into::into).collect())
    }
}

impl<R: Into<Recipient>> From<R> for Recipients {
    fn from(recipient: R) -> Self {
        Self::from_iter([recipient])
    }
}

impl<R: Into<Recipient>> From<Vec<R>> for Recipients {
    fn from(recipients: Vec<R>) -> Self {
        Self::from_iter(recipients)
    }
}

impl<R: Into<Recipient>, const N: usize> From<[R; N]> for Recipients {
    fn from(recipients: [R; N]) -> Self {
        Self::from_iter(recipients)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(recipients: impl Into<Recipients>) -> usize {
        let mut problems = Vec::new();
        recipients.into().check(&mut problems);
        problems.len()
    }

    #[test]
    fn a_telephone_number_becomes_an_id_of_whatsapp() {
        assert_eq!(
            Recipient::whatsapp("+33 6 00 00 00 00").as_str(),
            "33600000000@s.whatsapp.net"
        );
        assert_eq!(
            Recipient::whatsapp("33600000000@s.whatsapp.net").as_str(),
            "33600000000@s.whatsapp.net"
        );
        assert_eq!(problems(Recipient::whatsapp("call me")), 1);
        assert_eq!(problems(Recipient::whatsapp("")), 1);
        assert_eq!(problems(Recipient::whatsapp("06 00 00 00 00")), 1);
        assert_eq!(problems(Recipient::whatsapp("1234567890123456")), 1);
    }

    #[test]
    fn every_recipient_that_does_not_fit_is_named() {
        let users = ["ACoAAA", "ACwAAA", "AEMAAA"].map(Recipient::linkedin);
        assert_eq!(problems(users), 0);
        assert_eq!(
            problems([Recipient::linkedin("urn:li:1"), Recipient::raw(" ")]),
            2
        );
        assert_eq!(problems(["linkedin:ACoAAA", "whatsapp:33600000000"]), 1);
        assert_eq!(problems(Vec::<String>::new()), 1);
    }

    #[test]
    fn a_prefix_names_the_provider() {
        for (text, id) in [
            ("WhatsApp: +33 6 00 00 00 00", "33600000000@s.whatsapp.net"),
            ("linkedin:ACoAAA", "ACoAAA"),
            ("linkedin-company:9", "9"),
            ("telegram:5123456789", "5123456789"),
            ("messenger:24000000", "24000000"),
            ("raw:urn:li:person:1", "urn:li:person:1"),
            ("raw:+33600000000", "+33600000000"),
            ("ACoAAA", "ACoAAA"),
            ("17841400000000000", "17841400000000000"),
            (
                "33600000000:1@s.whatsapp.net",
                "33600000000:1@s.whatsapp.net",
            ),
        ] {
            let recipient = Recipient::from(text);
            assert_eq!(
                (recipient.as_str(), recipient.problem()),
                (id, None),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_id_is_refused_with_what_to_write() {
        for (text, part) in [
            ("whatsap:+33600000000", "write `whatsapp:`, or `raw:`"),
            ("Linked-In:ACoAAA", "write `linkedin:`, or `raw:`"),
            (
                "urn:li:person:1",
                "`slack:`, `twitter:`, or `raw:` before an id",
            ),
            ("https://www.linkedin.com/in/anna", "the address of a page"),
            ("linkedin.com/in/anna", "the address of a page"),
            ("www.linkedin.com/in/anna", "the address of a page"),
            (
                "linkedin:https://www.linkedin.com/in/anna",
                "the address of a page",
            ),
            ("t.me/anna", "the address of a page"),
            ("+33 6 00 00 00 00", "write `whatsapp:` before it"),
            ("33600000000", "write `whatsapp:` before it"),
            ("linkedin:anna", "write `raw:` before it"),
            ("whatsapp:", "empty"),
            ("raw: ", "empty"),
        ] {
            let problem = Recipient::from(text).problem().unwrap_or_default();
            assert!(problem.contains(part), "{text}: {problem}");
            assert!(
                !problem.contains("anna") && !problem.contains("336"),
                "{problem}"
            );
        }
    }
}
