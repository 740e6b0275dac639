// Generated from spec/postpress.yaml, do not edit. To regenerate: cargo xtask generate

use super::{forms, params, types};

use ::postpress_runtime::{
    self as runtime, reqwest, Credentials, Json, Method, Request, Service,
};

use ::postpress_runtime::multipart::FormOptions;

/// The default.
pub const DEFAULT_BASE_URL: &str = "https://api.postpress.ai/v1";

/// The same API under another path.
pub const API_V1_BASE_URL: &str = "https://api.postpress.ai/api/v1";

/// Client for postpress, version 1.0.0.
///
/// One HTTP interface to the messaging of LinkedIn, WhatsApp, Instagram, Messenger, Telegram and others: list and read the
/// chats of connected accounts, start new ones, send messages into them.
///
/// Two kinds of id occur. A *postpress id* is issued by postpress. A *provider id* is the one that the messaging provider
/// itself uses; the names of fields that hold one mostly say so (`provider_id`, `attendee_provider_id`).
///
/// Cheap to clone: clones share their connections.
///
/// Values in a path that would change the path (empty, `.`, `..`) are refused before anything is sent.
#[derive(Clone, Debug)]
pub struct Client {
    service: Service,
    api_key: Option<Credentials>,
}

impl Client {
    /// A client for the service at `base_url`, with the runtime's HTTP client: no redirect is followed, and
    /// nothing but connecting has a time limit.
    ///
    /// # Errors
    /// If TLS cannot be set up.
    pub fn new(base_url: &str) -> Result<Self, reqwest::Error> {
        Ok(Self::with_http_client(base_url, runtime::http_client().build()?))
    }

    /// A client that sends with `http`.
    ///
    /// Credentials that were added to it with [`Client`]'s methods are only safe if `http` follows no redirects, and
    /// sends nothing in clear text through a proxy.
    #[must_use]
    pub fn with_http_client(base_url: &str, http: reqwest::Client) -> Self {
        Self {
            service: Service::new(base_url, http),
            api_key: None,
        }
    }

    /// Sends this key as `X-API-KEY`, and never prints it.
    ///
    /// An API key made in the postpress dashboard.
    ///
    /// # Errors
    /// If it holds what a header cannot.
    pub fn with_api_key(
        mut self,
        key: impl AsRef<str>,
    ) -> Result<Self, runtime::InvalidRequest> {
        self.api_key = Some(Credentials::api_key("X-API-KEY", key)?);
        Ok(self)
    }

    /// Sets how forms are made: the spelling of array names, or a fixed boundary. A request can have options of its own.
    #[must_use]
    pub fn with_form_options(mut self, options: FormOptions) -> Self {
        self.service = self.service.with_form_options(options);
        self
    }

    /// Where requests go.
    pub fn base_url(&self) -> &str {
        self.service.base_url()
    }
}

/// The operations of the service, in the order of its description.
impl Client {
    /// List chats.
    ///
    /// Gives the chats of one, several or all connected accounts, a page at a time. Every parameter is a filter or steers the
    /// paging; without any of them the result starts with the first page of all chats that the API key can see.
    ///
    /// To read on, repeat the call with the `cursor` of the page just read, until that is `null`.
    ///
    /// Sends `GET /chats`.
    ///
    /// # Arguments
    /// - `params`: The optional parameters.
    ///
    /// # Errors
    /// [`Error`](runtime::Error); documented statuses: 401, 403, 500, 503, 504.
    pub fn list_chats(
        &self,
        params: &params::ListChatsParams,
    ) -> Request<'_, Json<types::ChatList>, types::Problem> {
        Request::new(&self.service, "listChats", Method::GET, "/chats")
            .accept("application/json")
            .credentials(self.api_key.as_ref())
            .query_joined("account_id", &params.account_id, ',')
            .query("account_type", &params.account_type)
            .query("unread", &params.unread)
            .query("before", &params.before)
            .query("after", &params.after)
            .query("limit", &params.limit)
            .query("cursor", &params.cursor)
    }

    /// Start a chat.
    ///
    /// Opens a conversation with one or more people by sending its first message, files included. Works for LinkedIn,
    /// WhatsApp, Instagram, Messenger and Telegram.
    ///
    /// * With one attendee the message goes into the one-to-one chat with that person. A chat that does not exist yet is
    ///   created and synchronised; so is an attendee that was not known before.
    /// * With several attendees a new group chat is made, which `subject` can name; the chat and its participants are
    ///   synchronised.
    ///
    /// On LinkedIn a new chat can be opened only with a relation of the account (the contact invitation endpoint makes
    /// relations), unless the message goes out as an InMail, which takes a Premium account and `inmail: true` in the options.
    ///
    /// To write into a chat whose id is known, use `sendMessage`.
    ///
    /// Sends `POST /chats`.
    ///
    /// # Errors
    /// [`Error`](runtime::Error); documented statuses: 400, 401, 403, 404, 415, 422, 429, 500, 501, 503, 504.
    pub fn start_chat<'a>(
        &'a self,
        form: &'a forms::StartChatRequest,
    ) -> Request<'a, Json<types::ChatStarted>, types::Problem> {
        Request::new(&self.service, "startChat", Method::POST, "/chats")
            .accept("application/json")
            .credentials(self.api_key.as_ref())
            .form(form)
    }

    /// Get a chat.
    ///
    /// Gives one chat together with the newest message in it.
    ///
    /// Sends `GET /chats/{chat_id}`.
    ///
    /// # Arguments
    /// - `chat_id`: The chat, by its postpress id or its provider id.
    /// - `params`: The optional parameters.
    ///
    /// # Errors
    /// [`Error`](runtime::Error); documented statuses: 401, 403, 404, 500, 503, 504.
    pub fn get_chat(
        &self,
        chat_id: &str,
        params: &params::GetChatParams,
    ) -> Request<'_, Json<types::ChatDetail>, types::Problem> {
        Request::new(&self.service, "getChat", Method::GET, "/chats/{chat_id}")
            .accept("application/json")
            .credentials(self.api_key.as_ref())
            .path("chat_id", chat_id)
            .query("account_id", &params.account_id)
    }

    /// Send a message.
    ///
    /// Sends a message, files included, into a chat that exists. Works for LinkedIn, WhatsApp, Instagram, Messenger and
    /// Telegram.
    ///
    /// The id of a chat comes from `listChats`, or from the payload of a webhook that announced a message. When there is no
    /// chat yet, or its id is not known, use `startChat`.
    ///
    /// Sends `POST /chats/{chat_id}/messages`.
    ///
    /// # Arguments
    /// - `chat_id`: The chat to write into.
    ///
    /// # Errors
    /// [`Error`](runtime::Error); documented statuses: 401, 403, 404, 415, 422, 429, 500, 503, 504.
    pub fn send_message<'a>(
        &'a self,
        chat_id: &str,
        form: &'a forms::SendMessageRequest,
    ) -> Request<'a, Json<types::MessageSent>, types::Problem> {
        Request::new(
                &self.service,
                "sendMessage",
                Method::POST,
                "/chats/{chat_id}/messages",
            )
            .accept("application/json")
            .credentials(self.api_key.as_ref())
            .path("chat_id", chat_id)
            .form(form)
    }
}
