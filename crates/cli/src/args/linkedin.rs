//! What only LinkedIn understands.

use std::path::PathBuf;

use clap::{ArgAction, ArgGroup, Args, ValueEnum};
use postpress::linkedin::{self, CompanyTopic, FollowUp, Schedule, SourcingChannel, Visibility};

use crate::{
    failure::Failure,
    file::{self, File},
    progress::Uploads,
    text,
};

/// Options for one of LinkedIn's three APIs.
#[derive(Clone, Debug, Args)]
#[command(
    next_help_heading = "LinkedIn",
    group = ArgGroup::new("classic").multiple(true).conflicts_with("recruiter"),
    group = ArgGroup::new("recruiter").multiple(true)
)]
pub(crate) struct Linkedin {
    /// Which of LinkedIn's APIs to use; not needed with an option that belongs to one of them
    #[arg(long = "linkedin", value_name = "API")]
    api: Option<Api>,

    /// (classic) What a conversation with a company is about: service_request, request_demo, support, careers, other
    #[arg(long, group = "classic", value_parser = open_lower::<CompanyTopic>)]
    topic: Option<CompanyTopic>,

    /// (classic) The applicant, for a conversation with one
    #[arg(long, group = "classic", value_name = "ID")]
    applicant: Option<String>,

    /// (classic) The invitation, to write to somebody whose invitation is still open
    #[arg(long, group = "classic", value_name = "ID")]
    invitation: Option<String>,

    /// (classic) Sends the message as an InMail, which takes a Premium account
    #[arg(long, group = "classic", num_args = 0..=1, require_equals = true, default_missing_value = "true", action = ArgAction::Set)]
    inmail: Option<bool>,

    /// (recruiter) How the sender signs
    #[arg(long, group = "recruiter")]
    signature: Option<String>,

    /// (recruiter) The project to start the chat in
    #[arg(long, group = "recruiter", value_name = "ID")]
    hiring_project: Option<String>,

    /// (recruiter) The job posting that a first approach is about
    #[arg(long, group = "recruiter", value_name = "ID")]
    job_posting: Option<String>,

    /// (recruiter) How the project found the candidate: job_posting_recommended_matches, job_posting, referral,
    /// internal_candidates, automated_sourcing, recruiter_search, career_site
    #[arg(long, group = "recruiter", value_name = "CHANNEL", value_parser = open_upper::<SourcingChannel>)]
    sourcing_channel: Option<SourcingChannel>,

    /// (recruiter) Writes by e-mail to this address rather than by InMail
    #[arg(long, group = "recruiter", value_name = "ADDRESS")]
    email_address: Option<String>,

    /// (recruiter) Who in the organization sees the chat: public, private, project
    #[arg(long, group = "recruiter", value_parser = open_upper::<Visibility>)]
    visibility: Option<Visibility>,

    /// (recruiter) The subject of a second message, sent later; for owners of a Recruiter PRO account
    #[arg(long, group = "recruiter", value_name = "SUBJECT", requires_all = ["follow_up_content", "schedule", "follow_up_timezone"])]
    follow_up_subject: Option<String>,

    /// (recruiter) What the second message says; `-` reads it from standard input
    #[arg(
        long,
        value_name = "TEXT",
        group = "follow_up_content",
        requires = "follow_up_subject"
    )]
    follow_up_text: Option<String>,

    /// (recruiter) Reads what the second message says from a file
    #[arg(
        long,
        value_name = "FILE",
        group = "follow_up_content",
        requires = "follow_up_subject"
    )]
    follow_up_text_file: Option<PathBuf>,

    /// (recruiter) A file that goes with the second message; can be given several times
    #[arg(long = "follow-up-attach", value_name = "FILE", allow_hyphen_values = true, value_parser = file::parse, requires = "follow_up_subject")]
    follow_up_attachments: Vec<File>,

    /// (recruiter) Sends the second message in so many days
    #[arg(long, value_name = "3..28", group = "schedule", requires = "follow_up_subject",
        value_parser = clap::value_parser!(u8).range(3..=28))]
    follow_up_days: Option<u8>,

    /// (recruiter) Sends the second message in so many weeks
    #[arg(long, value_name = "1..4", group = "schedule", requires = "follow_up_subject",
        value_parser = clap::value_parser!(u8).range(1..=4))]
    follow_up_weeks: Option<u8>,

    /// (recruiter) The time zone to count in, such as Europe/Paris
    #[arg(long, value_name = "ZONE", requires = "follow_up_subject")]
    follow_up_timezone: Option<String>,
}

/// LinkedIn's APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Api {
    /// LinkedIn as everybody has it
    Classic,
    /// LinkedIn Recruiter
    Recruiter,
    /// LinkedIn Sales Navigator, which has no options of its own
    #[value(alias = "sales_navigator")]
    SalesNavigator,
}

impl Linkedin {
    /// The options as they are sent; `None` if there are none.
    pub(crate) async fn options(
        &self,
        uploads: &mut Uploads,
    ) -> Result<Option<linkedin::Options>, Failure> {
        Ok(match self.api()? {
            None => None,
            Some(Api::SalesNavigator) => Some(linkedin::SalesNavigator.into()),
            Some(Api::Classic) => Some(self.classic().into()),
            Some(Api::Recruiter) => Some(self.recruiter(uploads).await?.into()),
        })
    }

    /// Files of the second message.
    pub(crate) fn files(&self) -> &[File] {
        &self.follow_up_attachments
    }

    /// The second message comes from standard input.
    pub(crate) fn reads_stdin(&self) -> bool {
        text::reads_stdin(
            self.follow_up_text.as_deref(),
            self.follow_up_text_file.as_deref(),
        )
    }

    /// The API that was named, or the one that the options belong to.
    fn api(&self) -> Result<Option<Api>, Failure> {
        let is_classic = self.topic.is_some()
            || self.applicant.is_some()
            || self.invitation.is_some()
            || self.inmail.is_some();
        let is_recruiter = self.signature.is_some()
            || self.hiring_project.is_some()
            || self.job_posting.is_some()
            || self.sourcing_channel.is_some()
            || self.email_address.is_some()
            || self.visibility.is_some()
            || self.follow_up_subject.is_some();
        // clap has seen to it that they are not mixed.
        let (options_of, name) = match (is_classic, is_recruiter) {
            (true, _) => (Some(Api::Classic), "LinkedIn classic"),
            (_, true) => (Some(Api::Recruiter), "LinkedIn Recruiter"),
            _ => (self.api, ""),
        };
        match self.api {
            Some(api) if self.api != options_of => {
                let api = api.to_possible_value();
                let api = api.map(|value| value.get_name().to_owned());
                Err(Failure::usage(format!(
                    "--linkedin {} does not take the options of {name}",
                    api.unwrap_or_default()
                )))
            }
            _ => Ok(options_of),
        }
    }

    fn classic(&self) -> linkedin::Classic {
        linkedin::Classic::new()
            .maybe_topic(self.topic.clone())
            .maybe_applicant(self.applicant.as_ref())
            .maybe_invitation(self.invitation.as_ref())
            .maybe_inmail(self.inmail)
    }

    async fn recruiter(&self, uploads: &mut Uploads) -> Result<linkedin::Recruiter, Failure> {
        let options = linkedin::Recruiter::new()
            .maybe_signature(self.signature.as_ref())
            .maybe_hiring_project(self.hiring_project.as_ref())
            .maybe_job_posting(self.job_posting.as_ref())
            .maybe_sourcing_channel(self.sourcing_channel.clone())
            .maybe_email_address(self.email_address.as_ref())
            .maybe_visibility(self.visibility.clone());
        Ok(options.maybe_follow_up(self.follow_up(uploads).await?))
    }

    async fn follow_up(&self, uploads: &mut Uploads) -> Result<Option<FollowUp>, Failure> {
        // clap has seen to it that all of them are there, or none.
        let (Some(subject), Some(zone)) = (&self.follow_up_subject, &self.follow_up_timezone)
        else {
            return Ok(None);
        };
        let schedule = match (self.follow_up_days, self.follow_up_weeks) {
            (Some(days), _) => Schedule::days(days, zone),
            (_, Some(weeks)) => Schedule::weeks(weeks, zone),
            _ => return Ok(None),
        };
        let text = text::given(
            self.follow_up_text.as_deref(),
            self.follow_up_text_file.as_deref(),
        )
        .await?
        .unwrap_or_default();
        let mut follow_up = FollowUp::new(subject, text, schedule);
        for file in &self.follow_up_attachments {
            follow_up = follow_up.attach(
                uploads
                    .open("linkedin[follow_up][attachments]", file)
                    .await?,
            );
        }
        Ok(Some(follow_up))
    }
}

/// A value of an open list that is spelled in small letters on the wire; a hyphen will do for an underscore.
fn open_lower<T: From<String>>(text: &str) -> Result<T, String> {
    word(text).map(|text| T::from(text.to_ascii_lowercase()))
}

/// A value of an open list that is spelled in capitals on the wire.
fn open_upper<T: From<String>>(text: &str) -> Result<T, String> {
    word(text).map(|text| T::from(text.to_ascii_uppercase()))
}

fn word(text: &str) -> Result<String, String> {
    let text = text.trim().replace('-', "_");
    if text.is_empty() {
        Err("it is empty".to_owned())
    } else {
        Ok(text)
    }
}
