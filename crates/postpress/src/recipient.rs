//! Who a message goes to.

use std::fmt;

use crate::error::InvalidField;

/// A person or company, by the id that its provider uses. From the page "Start a new chat".
///
/// A plain string is taken as it is; the functions here also check the form that the provider's ids have.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Recipient {
    id: String,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Form {
    Any,
    LinkedinUser,
    Phone,
}

impl Recipient {
    /// Any id, as it is.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            form: Form::Any,
        }
    }

    /// A LinkedIn user, by `provider_id`: it begins with `ACo` (classic), `ACw` (Sales Navigator) or `AE` (Recruiter).
    pub fn linkedin(provider_id: impl Into<String>) -> Self {
        Self {
            id: provider_id.into(),
            form: Form::LinkedinUser,
        }
    }

    /// A LinkedIn company, by `messaging_id`.
    pub fn linkedin_company(messaging_id: impl Into<String>) -> Self {
        Self::new(messaging_id)
    }

    /// A WhatsApp user, by telephone number: digits with the country's code, as `+33 6 00 00 00 00` or `33600000000`, or the
    /// id `33600000000@s.whatsapp.net` itself.
    pub fn whatsapp(number: impl AsRef<str>) -> Self {
        let text = number.as_ref().trim();
        let number = text.strip_suffix("@s.whatsapp.net").unwrap_or(text);
        let digits: String = number
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '+'))
            .collect();
        Self {
            id: format!("{digits}@s.whatsapp.net"),
            form: Form::Phone,
        }
    }

    /// An Instagram user, by `provider_messaging_id`.
    pub fn instagram(provider_messaging_id: impl Into<String>) -> Self {
        Self::new(provider_messaging_id)
    }

    /// The id as it is sent.
    pub fn as_str(&self) -> &str {
        &self.id
    }

    fn check(&self) -> Result<(), String> {
        let shown = &self.id;
        match self.form {
            _ if self.id.trim().is_empty() => Err("an attendee's id is empty".to_owned()),
            Form::LinkedinUser
                if !["ACo", "ACw", "AE"]
                    .iter()
                    .any(|start| self.id.starts_with(start)) =>
            {
                Err(format!(
                    "{shown:?} is no id of a LinkedIn user, which begins with ACo, ACw or AE; use `Recipient::new` to send it all the same"
                ))
            }
            Form::Phone => {
                let digits = self.id.strip_suffix("@s.whatsapp.net").unwrap_or_default();
                let fits = !digits.is_empty()
                    && digits.len() <= 15
                    && digits.bytes().all(|byte| byte.is_ascii_digit());
                if fits {
                    Ok(())
                } else {
                    Err(format!(
                        "{shown:?} is no telephone number: give up to 15 digits with the country's code"
                    ))
                }
            }
            _ => Ok(()),
        }
    }
}

/// Ids are personal: only their length is shown.
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

/// One recipient, or several that make a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipients(Vec<Recipient>);

impl Recipients {
    /// A group of these.
    pub fn group<R: Into<Recipient>>(recipients: impl IntoIterator<Item = R>) -> Self {
        Self(recipients.into_iter().map(Into::into).collect())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        self.0
            .iter()
            .map(|recipient| recipient.id.clone())
            .collect()
    }

    pub(crate) fn check(&self, problems: &mut Vec<InvalidField>) {
        if self.0.is_empty() {
            problems.push(InvalidField::new(
                "attendees_ids",
                "there is no recipient; give at least one",
            ));
        }
        problems.extend(
            self.0
                .iter()
                .filter_map(|r| r.check().err())
                .map(|why| InvalidField::new("attendees_ids", why)),
        );
    }
}

impl<R: Into<Recipient>> From<R> for Recipients {
    fn from(recipient: R) -> Self {
        Self(vec![recipient.into()])
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
    fn a_telephone_number_becomes_whatsapps_id() {
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
        assert_eq!(problems(Vec::<String>::new()), 1);
        assert_eq!(problems("anything at all"), 0);
    }
}
