// Generated from spec/postpress.yaml, do not edit. To regenerate: cargo xtask generate

use super::enums;

use ::postpress_runtime::multipart::{
    FieldWriter, FormBody, FormValue, FormWriter, Upload,
};

/// The first message of a chat, and who it goes to.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct StartChatRequest {
    /// The connected postpress account from which the message goes out.
    ///
    /// At least 1 character.
    pub account_id: String,
    /// The people to write to, by the ids that their provider uses internally. One makes a one-to-one chat, several a
    /// group.
    ///
    /// * Instagram: the `provider_messaging_id`.
    /// * LinkedIn, a person: the `provider_id`, which begins with `ACo` (classic), `ACw` (Sales Navigator) or `AE`
    ///   (Recruiter).
    /// * LinkedIn, a company: the `messaging_id`.
    /// * WhatsApp: of the form `00000000@s.whatsapp.net`.
    ///
    /// At least 1 item.
    pub attendees_ids: Vec<String>,
    /// What the first message says. For LinkedIn Recruiter it may hold a little HTML: `<strong>`, `<em>`,
    /// `<a href="...">`, `<ul>`, `<ol>` and `<li>`, which can be nested.
    pub text: Option<String>,
    /// The subject of the conversation; for a group chat, its name.
    pub subject: Option<String>,
    /// Files that go with the first message: PDF documents, pictures or videos. Providers set limits of their own; as a
    /// rule 15 MB is the most.
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub attachments: Vec<Upload>,
    /// A file to go out as a voice message, on LinkedIn and WhatsApp. WhatsApp likes `.mp3` or `.m4a` best, LinkedIn
    /// `.m4a`. On Instagram and Telegram use `attachments` for it.
    pub voice_message: Option<Upload>,
    /// A file to go out as a video message, on LinkedIn. On WhatsApp use `attachments` for videos.
    pub video_message: Option<Upload>,
    /// What only LinkedIn understands.
    pub linkedin: Option<LinkedinOptions>,
}

impl FormBody for StartChatRequest {
    fn write(&self, form: &mut FormWriter) {
        form.field("account_id").put(&self.account_id);
        form.field("attendees_ids").put(&self.attendees_ids);
        form.field("text").put(&self.text);
        form.field("subject").put(&self.subject);
        form.field("attachments").with_accept("*/*").put(&self.attachments);
        form.field("voice_message").with_accept("*/*").put(&self.voice_message);
        form.field("video_message").with_accept("*/*").put(&self.video_message);
        form.field("linkedin").with_accept("*/*").put(&self.linkedin);
    }
}

/// Options for one of the three LinkedIn APIs. Which of them to use depends on the kind of account that the user has, which
/// `/me` and `GET /accounts/{id}` tell.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema), schemars(tag = "api"))]
pub enum LinkedinOptions {
    /// Options for LinkedIn classic.
    #[cfg_attr(feature = "schemars", schemars(rename = "classic"))]
    Classic(ClassicOptions),
    /// Options for LinkedIn Recruiter.
    #[cfg_attr(feature = "schemars", schemars(rename = "recruiter"))]
    Recruiter(RecruiterOptions),
    /// LinkedIn Sales Navigator, which has no options of its own.
    #[cfg_attr(feature = "schemars", schemars(rename = "sales_navigator"))]
    SalesNavigator(SalesNavigatorOptions),
}

impl FormValue for LinkedinOptions {
    fn write(&self, mut field: FieldWriter<'_>) {
        match self {
            Self::Classic(value) => {
                field.member("api").put("classic");
                field.put(value);
            }
            Self::Recruiter(value) => {
                field.member("api").put("recruiter");
                field.put(value);
            }
            Self::SalesNavigator(value) => {
                field.member("api").put("sales_navigator");
                field.put(value);
            }
        }
    }
}

/// Options for LinkedIn classic.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct ClassicOptions {
    /// What the conversation is about. Needed when it is with a company.
    pub topic: Option<enums::CompanyTopic>,
    /// The applicant. Needed when the conversation is with one; the job postings endpoints give the id.
    pub applicant_id: Option<String>,
    /// The invitation. Needed to write to someone whose invitation to the account is still open.
    pub invitation_id: Option<String>,
    /// `true` sends the first message as an InMail.
    pub inmail: Option<bool>,
}

impl FormValue for ClassicOptions {
    fn write(&self, mut field: FieldWriter<'_>) {
        field.member("topic").put(&self.topic);
        field.member("applicant_id").put(&self.applicant_id);
        field.member("invitation_id").put(&self.invitation_id);
        field.member("inmail").put(&self.inmail);
    }
}

/// Options for LinkedIn Recruiter.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct RecruiterOptions {
    /// How the sender signs.
    pub signature: Option<String>,
    /// The project in which to start the chat.
    pub hiring_project_id: Option<String>,
    /// The job posting that a first approach to a candidate is about.
    pub job_posting_id: Option<String>,
    /// The channel by which the project found the candidate.
    pub sourcing_channel: Option<enums::SourcingChannel>,
    /// The recipient's address, to start the chat by email in place of InMail.
    pub email_address: Option<String>,
    /// Who in the organization can see the chat.
    ///
    /// Default: `PRIVATE`.
    pub visibility: Option<enums::Visibility>,
    /// A second message, sent later. Only owners of a Recruiter PRO account can use it.
    pub follow_up: Option<FollowUp>,
}

impl FormValue for RecruiterOptions {
    fn write(&self, mut field: FieldWriter<'_>) {
        field.member("signature").put(&self.signature);
        field.member("hiring_project_id").put(&self.hiring_project_id);
        field.member("job_posting_id").put(&self.job_posting_id);
        field.member("sourcing_channel").put(&self.sourcing_channel);
        field.member("email_address").put(&self.email_address);
        field.member("visibility").put(&self.visibility);
        field.member("follow_up").put(&self.follow_up);
    }
}

/// A message to be sent some time after the first.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct FollowUp {
    /// The subject of the second message.
    pub subject: String,
    /// What the second message says.
    pub text: String,
    /// Files that go with the second message.
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub attachments: Vec<Upload>,
    /// When to send it.
    pub scheduled_time: ScheduledTime,
}

impl FormValue for FollowUp {
    fn write(&self, mut field: FieldWriter<'_>) {
        field.member("subject").put(&self.subject);
        field.member("text").put(&self.text);
        field.member("attachments").put(&self.attachments);
        field.member("scheduled_time").put(&self.scheduled_time);
    }
}

/// A time in the future, so many days or so many weeks from now.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema), schemars(untagged))]
pub enum ScheduledTime {
    /// So many days from now.
    Days(DaysSchedule),
    /// So many weeks from now.
    Weeks(WeeksSchedule),
}

impl FormValue for ScheduledTime {
    fn write(&self, field: FieldWriter<'_>) {
        match self {
            Self::Days(value) => field.put(value),
            Self::Weeks(value) => field.put(value),
        }
    }
}

/// So many days from now.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct DaysSchedule {
    /// How many days.
    ///
    /// Between 3 and 28.
    pub days: u64,
    /// The time zone to count in, by its IANA name, such as `Europe/Paris` or `America/Phoenix`.
    pub timezone: String,
}

impl FormValue for DaysSchedule {
    fn write(&self, mut field: FieldWriter<'_>) {
        field.member("days").put(&self.days);
        field.member("timezone").put(&self.timezone);
    }
}

/// So many weeks from now.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct WeeksSchedule {
    /// How many weeks.
    ///
    /// Between 1 and 4.
    pub weeks: u64,
    /// The time zone to count in, by its IANA name, such as `Europe/Paris` or `America/Phoenix`.
    pub timezone: String,
}

impl FormValue for WeeksSchedule {
    fn write(&self, mut field: FieldWriter<'_>) {
        field.member("weeks").put(&self.weeks);
        field.member("timezone").put(&self.timezone);
    }
}

/// LinkedIn Sales Navigator, which has no options of its own.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct SalesNavigatorOptions {}

impl FormValue for SalesNavigatorOptions {
    fn write(&self, _: FieldWriter<'_>) {}
}

/// A message for a chat that exists.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct SendMessageRequest {
    /// What the message says.
    pub text: Option<String>,
    /// The connected postpress account from which the message goes out.
    pub account_id: Option<String>,
    /// The thread to write into.
    pub thread_id: Option<String>,
    /// The message to quote.
    pub quote_id: Option<String>,
    /// A file to go out as a voice message, on LinkedIn and WhatsApp. WhatsApp likes `.mp3` or `.m4a` best, LinkedIn
    /// `.m4a`. On Instagram and Telegram use `attachments` for it.
    pub voice_message: Option<Upload>,
    /// A file to go out as a video message, on LinkedIn. On WhatsApp use `attachments` for videos.
    pub video_message: Option<Upload>,
    /// Files that go with the message: PDF documents, pictures or videos. Providers set limits of their own; as a rule
    /// 15 MB is the most.
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub attachments: Vec<Upload>,
    /// How long to appear to be typing. The unit is not documented.
    pub typing_duration: Option<String>,
}

impl FormBody for SendMessageRequest {
    fn write(&self, form: &mut FormWriter) {
        form.field("text").put(&self.text);
        form.field("account_id").put(&self.account_id);
        form.field("thread_id").put(&self.thread_id);
        form.field("quote_id").put(&self.quote_id);
        form.field("voice_message").with_accept("*/*").put(&self.voice_message);
        form.field("video_message").with_accept("*/*").put(&self.video_message);
        form.field("attachments").with_accept("*/*").put(&self.attachments);
        form.field("typing_duration").put(&self.typing_duration);
    }
}
