// Generated from spec/postpress.yaml, do not edit. To regenerate: cargo xtask generate

::postpress_runtime::open_string_enum! {
    /// The kind of this object.
    pub enum ChatListObject {
        /// A list of chats.
        ChatList = "ChatList",
    }
}

::postpress_runtime::open_string_enum! {
    /// The kind of this object.
    pub enum ChatObject {
        /// A chat.
        Chat = "Chat",
    }
}

::postpress_runtime::open_string_enum! {
    /// The provider of a connected account.
    pub enum AccountType {
        /// WhatsApp.
        Whatsapp = "WHATSAPP",
        /// LinkedIn.
        Linkedin = "LINKEDIN",
        /// Slack.
        Slack = "SLACK",
        /// Twitter.
        Twitter = "TWITTER",
        /// Messenger.
        Messenger = "MESSENGER",
        /// Instagram.
        Instagram = "INSTAGRAM",
        /// Telegram.
        Telegram = "TELEGRAM",
    }
}

::postpress_runtime::open_integer_enum! {
    /// How many take part in a chat, and how.
    pub enum ChatType {
        /// A chat of two people.
        OneToOne = 0,
        /// A group.
        Group = 1,
        /// A broadcast.
        Broadcast = 2,
    }
}

::postpress_runtime::open_integer_enum! {
    /// A yes or no, sent as a number.
    pub enum Flag {
        /// It is not so.
        No = 0,
        /// It is so.
        Yes = 1,
    }
}

::postpress_runtime::open_integer_enum! {
    /// Muted without an end.
    pub enum MutedUntilMutedIndefinitely {
        /// Without an end.
        Indefinitely = -1,
    }
}

::postpress_runtime::open_integer_enum! {
    /// Whether a chat accepts messages.
    pub enum ReadOnlyState {
        /// Can be written into.
        Writable = 0,
        /// Can only be read.
        ReadOnly = 1,
        /// Is locked.
        Locked = 2,
    }
}

::postpress_runtime::open_string_enum! {
    /// Something that one can do in a chat.
    pub enum ChatFeature {
        /// Reacting to messages.
        Reactions = "reactions",
        /// Replying to messages.
        Reply = "reply",
    }
}

::postpress_runtime::open_string_enum! {
    /// The sort of content that a LinkedIn chat carries.
    pub enum ChatContentType {
        /// An InMail.
        Inmail = "inmail",
        /// Sponsored content.
        Sponsored = "sponsored",
        /// An offer by LinkedIn.
        LinkedinOffer = "linkedin_offer",
    }
}

::postpress_runtime::open_string_enum! {
    /// A folder of chats, either one that providers are known to have or one with a name of the user's choice.
    pub enum Folder {
        /// The inbox.
        Inbox = "INBOX",
        /// The inbox of LinkedIn classic.
        InboxLinkedinClassic = "INBOX_LINKEDIN_CLASSIC",
        /// The inbox of LinkedIn Recruiter.
        InboxLinkedinRecruiter = "INBOX_LINKEDIN_RECRUITER",
        /// The inbox of LinkedIn Sales Navigator.
        InboxLinkedinSalesNavigator = "INBOX_LINKEDIN_SALES_NAVIGATOR",
        /// The inbox of a LinkedIn organization.
        InboxLinkedinOrganization = "INBOX_LINKEDIN_ORGANIZATION",
    }
}

::postpress_runtime::open_string_enum! {
    /// What a conversation with a company is about.
    pub enum CompanyTopic {
        /// A request for a service.
        ServiceRequest = "service_request",
        /// A request for a demonstration.
        RequestDemo = "request_demo",
        /// A question for support.
        Support = "support",
        /// Careers at the company.
        Careers = "careers",
        /// Something else.
        Other = "other",
    }
}

::postpress_runtime::open_string_enum! {
    /// How a Recruiter project came upon a candidate.
    pub enum SourcingChannel {
        /// Matches recommended for a job posting.
        JobPostingRecommendedMatches = "JOB_POSTING_RECOMMENDED_MATCHES",
        /// A job posting.
        JobPosting = "JOB_POSTING",
        /// A referral.
        Referral = "REFERRAL",
        /// Candidates from within.
        InternalCandidates = "INTERNAL_CANDIDATES",
        /// Automated sourcing.
        AutomatedSourcing = "AUTOMATED_SOURCING",
        /// A search in Recruiter.
        RecruiterSearch = "RECRUITER_SEARCH",
        /// A career site.
        CareerSite = "CAREER_SITE",
    }
}

::postpress_runtime::open_string_enum! {
    /// Who within an organization can see a chat.
    pub enum Visibility {
        /// Public in the organization.
        Public = "PUBLIC",
        /// Private.
        Private = "PRIVATE",
        /// Open to the project.
        Project = "PROJECT",
    }
}

::postpress_runtime::open_string_enum! {
    /// The kind of this object.
    pub enum ChatStartedObject {
        /// A chat was started.
        ChatStarted = "ChatStarted",
    }
}

::postpress_runtime::open_string_enum! {
    /// The kind of this object.
    pub enum MessageObject {
        /// A message.
        Message = "Message",
    }
}

::postpress_runtime::open_integer_enum! {
    /// A code for the kind of event; what each stands for is not documented.
    pub enum EventType {
        /// Event code 0.
        Code0 = 0,
        /// Event code 1.
        Code1 = 1,
        /// Event code 2.
        Code2 = 2,
        /// Event code 3.
        Code3 = 3,
        /// Event code 4.
        Code4 = 4,
        /// Event code 5.
        Code5 = 5,
        /// Event code 6.
        Code6 = 6,
        /// Event code 7.
        Code7 = 7,
        /// Event code 8.
        Code8 = 8,
        /// Event code 9.
        Code9 = 9,
        /// Event code 10.
        Code10 = 10,
        /// Event code 11.
        Code11 = 11,
        /// Event code 12.
        Code12 = 12,
        /// Event code 13.
        Code13 = 13,
    }
}

::postpress_runtime::open_string_enum! {
    /// What kind of message it is.
    pub enum MessageType {
        /// A plain message.
        Message = "MESSAGE",
        /// An invitation.
        Invitation = "INVITATION",
        /// An InMail.
        Inmail = "INMAIL",
        /// An InMail declined.
        InmailDecline = "INMAIL_DECLINE",
        /// An InMail answered.
        InmailReply = "INMAIL_REPLY",
        /// An InMail accepted.
        InmailAccept = "INMAIL_ACCEPT",
    }
}

::postpress_runtime::open_string_enum! {
    /// What kind of attendee it is.
    pub enum AttendeeType {
        /// A member.
        Member = "MEMBER",
        /// An organization.
        Organization = "ORGANIZATION",
        /// Something else.
        Other = "OTHER",
    }
}

::postpress_runtime::open_integer_enum! {
    /// How far away the attendee is in the network of connections, in the manner of LinkedIn.
    pub enum AttendeeDistance {
        /// Distance 1.
        First = 1,
        /// Distance 2.
        Second = 2,
        /// Distance 3.
        Third = 3,
        /// Distance 4.
        Fourth = 4,
        /// Distance -1, whose meaning is not documented.
        MinusOne = -1,
    }
}

::postpress_runtime::open_string_enum! {
    /// The kind of this object.
    pub enum MessageSentObject {
        /// A message was sent.
        MessageSent = "MessageSent",
    }
}
