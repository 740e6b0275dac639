//! The recipients of a message.

use std::fmt;

use crate::error::InvalidField;

/// A person or company, by the id that its provider uses. From the page "Start a new chat".
///
/// A plain string is taken as it is. The constructors that name a provider also check that the id looks like one of that provider, and
/// that the message has nothing that the provider does not take.
///
/// ```
/// use postpress::Recipient;
///
/// assert_eq!(Recipient::whatsapp("+33 6 00 00 00 00").as_str(), "33600000000@s.whatsapp.net");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Recipient {
    id: String,
    provider: Provider,
}

/// The provider of a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Provider {
    Unknown,
    Linkedin,
    LinkedinCompany,
    Whatsapp,
    Instagram,
}

impl Recipient {
    fn on(provider: Provider, id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            provider,
        }
    }

    /// A recipient by any id, which is not checked.
    pub fn new(id: impl Into<String>) -> Self {
        Self::on(Provider::Unknown, id)
    }

    /// A LinkedIn user, by `provider_id`: it begins with `ACo` (classic), `ACw` (Sales Navigator) or `AE` (Recruiter).
    pub fn linkedin(provider_id: impl Into<String>) -> Self {
        Self::on(Provider::Linkedin, provider_id)
    }

    /// A LinkedIn company, by `messaging_id`. The conversation needs a [topic](crate::linkedin::Classic::topic).
    pub fn linkedin_company(messaging_id: impl Into<String>) -> Self {
        Self::on(Provider::LinkedinCompany, messaging_id)
    }

    /// A WhatsApp user, by telephone number with its country code (`+33 6 00 00 00 00` or `33600000000`), or by the id that is made
    /// from it (`33600000000@s.whatsapp.net`).
    pub fn whatsapp(number: impl AsRef<str>) -> Self {
        let text = number.as_ref().trim();
        let number = text.strip_suffix("@s.whatsapp.net").unwrap_or(text);
        let number = number.strip_prefix('+').unwrap_or(number);
        let digits: String = number
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{a0}' | '\u{202f}'))
            .collect();
        Self::on(Provider::Whatsapp, format!("{digits}@s.whatsapp.net"))
    }

    /// An Instagram user, by `provider_messaging_id`.
    pub fn instagram(provider_messaging_id: impl Into<String>) -> Self {
        Self::on(Provider::Instagram, provider_messaging_id)
    }

    /// The id as it is sent.
    pub fn as_str(&self) -> &str {
        &self.id
    }

    /// What is wrong with the id, without showing it.
    fn problem(&self) -> Option<&'static str> {
        let id = self.id.trim();
        match self.provider {
            _ if id.is_empty() => Some("the id is empty"),
            Provider::Linkedin
                if !["ACo", "ACw", "AE"]
                    .iter()
                    .any(|start| id.starts_with(start)) =>
            {
                Some(
                    "the id of a LinkedIn user begins with ACo, ACw or AE, and this one does not; `Recipient::new` takes it all the same",
                )
            }
            Provider::Whatsapp => {
                let digits = id.strip_suffix("@s.whatsapp.net").unwrap_or_default();
                let fits = (5..=15).contains(&digits.len())
                    && digits.bytes().all(|byte| byte.is_ascii_digit())
                    && !digits.starts_with('0');
                (!fits).then_some(
                    "a WhatsApp number has 5 to 15 digits with the country's code first, and no 0 before it",
                )
            }
            _ => None,
        }
    }
}

/// Shows only the length of the id, which is personal.
impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({} characters)", self.id.chars().count())
    }
}

impl From<&str> for Recipient {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}

impl From<String> for Recipient {
    fn from(id: String) -> Self {
        Self::new(id)
    }
}

impl From<&String> for Recipient {
    fn from(id: &String) -> Self {
        Self::new(id.as_str())
    }
}

/// One recipient, or several that form a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipients(Vec<Recipient>);

impl Recipients {
    /// A group of these recipients.
    pub fn group<R: Into<Recipient>>(recipients: impl IntoIterator<Item = R>) -> Self {
        Self(recipients.into_iter().map(Into::into).collect())
    }

    /// The number of recipients.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no recipient.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        self.0
            .iter()
            .map(|recipient| recipient.id.clone())
            .collect()
    }

    pub(crate) fn any(&self, provider: Provider) -> bool {
        self.0
            .iter()
            .any(|recipient| recipient.provider == provider)
    }

    pub(crate) fn check(&self, invalid: &mut Vec<InvalidField>) {
        let mut refuse = |why: String| invalid.push(InvalidField::new("attendees_ids", why));
        if self.0.is_empty() {
            refuse("there is no recipient: give at least one".to_owned());
        }
        for (index, recipient) in self.0.iter().enumerate() {
            match recipient.problem() {
                Some(why) if self.0.len() == 1 => refuse(why.to_owned()),
                Some(why) => refuse(format!("recipient {}: {why}", index + 1)),
                None => {}
            }
        }
        let linkedin = self.any(Provider::Linkedin) || self.any(Provider::LinkedinCompany);
        let others = [Provider::Whatsapp, Provider::Instagram];
        let providers = others
            .iter()
            .filter(|provider| self.any(**provider))
            .count();
        if providers + usize::from(linkedin) > 1 {
            refuse("the recipients are on different providers, and a chat is on one".to_owned());
        }
    }
}

impl<R: Into<Recipient>> From<R> for Recipients {
    fn from(recipient: R) -> Self {
        Self::group([recipient])
    }
}

impl<R: Into<Recipient>> From<Vec<R>> for Recipients {
    fn from(recipients: Vec<R>) -> Self {
        Self::group(recipients)
    }
}

impl<R: Into<Recipient>, const N: usize> From<[R; N]> for Recipients {
    fn from(recipients: [R; N]) -> Self {
        Self::group(recipients)
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
        assert_eq!(
            problems([
                Recipient::linkedin("ACoAAA"),
                Recipient::linkedin("ACwAAA"),
                Recipient::linkedin("AEMAAA")
            ]),
            0
        );
        assert_eq!(
            problems([Recipient::linkedin("urn:li:1"), Recipient::new(" ")]),
            2
        );
        assert_eq!(
            problems([
                Recipient::linkedin("ACoAAA"),
                Recipient::whatsapp("33600000000")
            ]),
            1
        );
        assert_eq!(problems(Vec::<String>::new()), 1);
        assert_eq!(problems("anything at all"), 0);
    }
}
