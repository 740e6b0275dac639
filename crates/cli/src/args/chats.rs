//! `postpress chats`.

use clap::{ArgAction, Args, Subcommand};
use postpress::{AccountType, Timestamp};

use super::{
    connection::Connection,
    each::{self, Each},
    linkedin::Linkedin,
    output::Output,
    sending::Sending,
};
use crate::{text::suggestion, time};

/// What can be done with chats.
#[derive(Debug, Subcommand)]
pub(crate) enum Chats {
    /// Lists chats, a page or all of them
    #[command(visible_alias = "ls", after_help = LIST)]
    List(List),
    /// Shows a chat with its newest message
    #[command(visible_alias = "show", after_help = GET)]
    Get(Get),
    /// Starts a chat with its first message, or writes to somebody whose chat is not known
    #[command(after_help = START, after_long_help = format!("{START}\n\n{}", each::HELP))]
    Start(Box<Start>),
}

const LIST: &str = "\
Examples:
  postpress chats list
  postpress chats list --unread --provider linkedin
  postpress chats list --account acc_1 --account acc_2 --after 7d
  postpress chats list --all --output csv > chats.csv
  postpress chats list --all --output jsonl | jq -r 'select(.unread_count > 0).id'";

const GET: &str = "\
Examples:
  postpress chats get chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR
  postpress chats get 2-NTRkZDA4M2QtZDcxZS00YzY5 --account acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR
  postpress chats get chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR --output json | jq .lastMessage.text";

const START: &str = "\
Examples:
  postpress chats start --account ACCOUNT --to linkedin:ACoAAAcDMMQB 'Hello!'
  postpress chats start --account ACCOUNT --to whatsapp:+33600000000 --to whatsapp:+33600000001 \\
      --subject Vacation 'Who is in?'                                a group
  postpress chats start --account ACCOUNT --to ACoAAAcDMMQB --inmail --text-file letter.txt --attach cv.pdf
  postpress chats start --account ACCOUNT --to MESSAGING_ID --linkedin classic --topic careers 'Are you hiring?'
  postpress chats start --account ACCOUNT --to AEMAAB --linkedin recruiter --visibility project \\
      --follow-up-subject 'One more thing' --follow-up-text 'Did you see my message?' \\
      --follow-up-days 5 --follow-up-timezone Europe/Paris 'Hello!'
  date | postpress chats start --account ACCOUNT --to ID -
  postpress chats start --account ACCOUNT --to ID 'Hello!' --dry-run
  postpress chats start --account ACCOUNT --each people.csv --to 'linkedin:{{ linkedin_id }}' \\
      --per-hour 20 'Hello {{ first_name }}!' --dry-run                 one to each row of a table";

/// `postpress chats list`.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Only chats of this account; can be given several times
    #[arg(short, long = "account", value_name = "ID")]
    pub(crate) accounts: Vec<String>,

    /// Only chats of this provider: whatsapp, linkedin, slack, twitter, messenger, instagram, telegram, or one that is newer
    #[arg(short, long, value_name = "PROVIDER", value_parser = provider)]
    pub(crate) provider: Option<AccountType>,

    /// Only chats with unread messages; `--unread=false`: only those without
    #[arg(short, long, num_args = 0..=1, require_equals = true, default_missing_value = "true", action = ArgAction::Set)]
    pub(crate) unread: Option<bool>,

    /// Only chats created before this: a date, a time in RFC 3339, or how long ago (`7d`, `2h`)
    #[arg(long, value_name = "WHEN", value_parser = time::time)]
    pub(crate) before: Option<Timestamp>,

    /// Only chats created after this
    #[arg(long, value_name = "WHEN", value_parser = time::time)]
    pub(crate) after: Option<Timestamp>,

    /// How many chats to a page [default: 100, as the service has it]
    #[arg(short, long, value_name = "1..250", value_parser = clap::value_parser!(u64).range(1..=250))]
    pub(crate) limit: Option<u64>,

    /// Continues where an earlier listing ended
    #[arg(long, value_name = "CURSOR")]
    pub(crate) cursor: Option<String>,

    /// All pages, not only one
    #[arg(long)]
    pub(crate) all: bool,

    #[command(flatten)]
    pub(crate) output: Output,

    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// `postpress chats get`.
#[derive(Debug, Args)]
pub(crate) struct Get {
    /// The chat, by its postpress id, or by its provider's id with --account
    #[arg(value_name = "CHAT")]
    pub(crate) chat_id: String,

    /// The account in which to look; needed for a provider's id
    #[arg(short, long, value_name = "ID")]
    pub(crate) account: Option<String>,

    #[command(flatten)]
    pub(crate) output: Output,

    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// `postpress chats start`.
#[derive(Debug, Args)]
pub(crate) struct Start {
    /// The connected account that writes: an id from the postpress dashboard, or an account_id of `chats list -o csv`
    #[arg(short, long, value_name = "ID")]
    pub(crate) account: String,

    /// Whom to write to; several make a group
    ///
    /// `linkedin:ACo...` (a person, also ACw and AE), `linkedin-company:ID`, `whatsapp:+33600000000`, `instagram:ID`,
    /// `messenger:ID`, `telegram:ID`, `slack:ID`, `twitter:ID`, or an id as the provider has it. What reads like something else is
    /// refused, unless `raw:` is before it.
    #[arg(short = 't', long = "to", value_name = "ID", required = true)]
    pub(crate) recipients: Vec<String>,

    /// The subject of the conversation, or the name of the group
    #[arg(short, long)]
    pub(crate) subject: Option<String>,

    #[command(flatten)]
    pub(crate) sending: Sending,

    /// Spells the recipients' field `attendees_ids[]`, as one page of the documentation does
    #[arg(long)]
    pub(crate) bracketed_arrays: bool,

    #[command(flatten)]
    pub(crate) output: Output,

    #[command(flatten)]
    pub(crate) linkedin: Linkedin,

    #[command(flatten)]
    pub(crate) each: Each,

    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// Those that are documented.
const PROVIDERS: [&str; 7] = [
    "whatsapp",
    "linkedin",
    "slack",
    "twitter",
    "messenger",
    "instagram",
    "telegram",
];

/// A provider in any case; what is not known goes out in capitals, as all of them are.
fn provider(text: &str) -> Result<AccountType, String> {
    let name = text.trim().to_ascii_lowercase();
    let (is_sure, name) = match name.strip_prefix("raw:") {
        Some(name) => (true, name),
        None => (PROVIDERS.contains(&name.as_str()), name.as_str()),
    };
    let hint = suggestion(name, PROVIDERS);
    match name {
        "" => Err("a provider has a name".to_owned()),
        _ if is_sure || hint.is_empty() => Ok(AccountType::from(name.to_ascii_uppercase())),
        _ => Err(format!(
            "no provider is called {name}{hint}; if it is new, write raw:{name}"
        )),
    }
}
