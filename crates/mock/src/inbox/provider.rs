//! Messaging providers, and how they differ.

use std::sync::Arc;

use crate::ids::Ids;

const WHATSAPP: &str = "WHATSAPP";
const LINKEDIN: &str = "LINKEDIN";
const INSTAGRAM: &str = "INSTAGRAM";

/// A messaging provider, by its name in the API: `LINKEDIN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Provider(Arc<str>);

impl Provider {
    pub(crate) fn named(name: &str) -> Provider {
        Provider(name.into())
    }

    pub(crate) fn name(&self) -> &str {
        &self.0
    }

    /// The most probable provider of an unknown account, by the id of an attendee. "Start a new chat" shows the forms of
    /// ids.
    pub(crate) fn guess(attendee: &str, linkedin_options: bool) -> Provider {
        Provider::named(if linkedin_options {
            LINKEDIN
        } else if attendee.ends_with("@s.whatsapp.net") {
            WHATSAPP
        } else if !attendee.is_empty() && attendee.bytes().all(|it| it.is_ascii_digit()) {
            // A `provider_messaging_id`.
            INSTAGRAM
        } else {
            LINKEDIN
        })
    }

    /// Whether messages can be sent: "Send Messages" lists the providers for which they can.
    pub(crate) fn sends(&self) -> bool {
        !matches!(self.name(), "SLACK" | "TWITTER")
    }

    /// The folders of a new chat.
    pub(crate) fn folders(&self, api: Option<&str>) -> Vec<&'static str> {
        match (self.name(), api) {
            (LINKEDIN, Some("recruiter")) => vec!["INBOX", "INBOX_LINKEDIN_RECRUITER"],
            (LINKEDIN, Some("sales_navigator")) => {
                vec!["INBOX", "INBOX_LINKEDIN_SALES_NAVIGATOR"]
            }
            (LINKEDIN, _) => vec!["INBOX", "INBOX_LINKEDIN_CLASSIC"],
            _ => vec!["INBOX"],
        }
    }

    /// The provider's id for a new chat.
    pub(crate) fn chat_id(&self, ids: &mut Ids, attendee: Option<&str>) -> String {
        match (self.name(), attendee) {
            (WHATSAPP, Some(attendee)) => attendee.to_owned(),
            (WHATSAPP, None) => format!("{}@g.us", ids.digits(18)),
            (LINKEDIN, _) => format!("2-{}", base64_url(ids.hex().as_bytes())),
            _ => ids.digits(17),
        }
    }

    /// The provider's id for a new message.
    pub(crate) fn message_id(&self, ids: &mut Ids) -> String {
        match self.name() {
            LINKEDIN => format!("urn:li:msg:2-{}", base64_url(ids.hex().as_bytes())),
            WHATSAPP => format!("3EB0{}", ids.hex().to_uppercase()),
            _ => format!("mid.{}", ids.digits(20)),
        }
    }

    /// The provider's id for the owner of an account.
    pub(crate) fn own_id(&self, ids: &Ids, account_id: &str) -> String {
        let number = ids.seal(("own", account_id));
        match self.name() {
            WHATSAPP => format!("336{:08}@s.whatsapp.net", number % 100_000_000),
            LINKEDIN => format!("ACoAA{}", base64_url(&number.to_be_bytes())),
            _ => format!("1784{:013}", number % 10_000_000_000_000),
        }
    }
}

pub(super) fn base64_url(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_account_is_taken_for_one_of_the_provider_that_its_attendees_are_from() {
        for (attendee, options, provider) in [
            ("33600000000@s.whatsapp.net", false, "WHATSAPP"),
            ("ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E", false, "LINKEDIN"),
            ("17841400000000000", false, "INSTAGRAM"),
            ("17841400000000000", true, "LINKEDIN"),
            ("", false, "LINKEDIN"),
        ] {
            assert_eq!(
                Provider::guess(attendee, options).name(),
                provider,
                "{attendee}"
            );
        }
    }
}
