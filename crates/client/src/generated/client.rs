// Generated from spec/postpress.yaml, do not edit. To regenerate: cargo xtask generate

use super::{enums, forms, types};

use ::postpress_runtime::{
    self as runtime, reqwest, Credentials, Endpoint, Error, Response,
};

use ::postpress_runtime::reqwest::header::ACCEPT;
use ::postpress_runtime::multipart::{FormBody, FormOptions};

/// The default.
pub const DEFAULT_BASE_URL: &str = "https://api.postpress.ai/v1";

/// The same API under another path.
pub const BASE_URL_2: &str = "https://api.postpress.ai/api/v1";

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
    base_url: String,
    http: reqwest::Client,
    form_options: FormOptions,
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
    /// Credentials that were added to it with [`Client`]'s methods are only safe if `http` follows no redirects.
    #[must_use]
    pub fn with_http_client(base_url: &str, http: reqwest::Client) -> Self {
        Self {
            base_url: base_url.to_owned(),
            http,
            form_options: FormOptions::new(),
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

    /// Sets how forms are made: the spelling of array names, or a fixed boundary.
    #[must_use]
    pub fn with_form_options(mut self, options: FormOptions) -> Self {
        self.form_options = options;
        self
    }

    /// Where requests go.
    pub fn base_url(&self) -> &str {
        &self.base_url
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
    /// - `account_id`: Only the chats of these postpress accounts.
    /// - `account_type`: Only the chats of this provider.
    /// - `unread`: `true` leaves only chats with unread messages, `false` only those that are read.
    /// - `before`: Only chats that were created earlier than this, the moment itself excluded.
    /// - `after`: Only chats that were created later than this, the moment itself excluded.
    /// - `limit`: The most chats to put on one page.
    ///   Between 1 and 250. Default: `100`.
    /// - `cursor`: Where to go on, taken from the page before. Leave it out to start with the first page.
    ///
    /// # Errors
    /// [`Error`]; documented statuses: 401, 403, 500, 503, 504.
    #[expect(
        clippy::too_many_arguments,
        reason = "the operation has as many parameters"
    )]
    pub async fn list_chats(
        &self,
        account_id: Option<&[String]>,
        account_type: Option<&enums::AccountType>,
        unread: Option<bool>,
        before: Option<&runtime::Timestamp>,
        after: Option<&runtime::Timestamp>,
        limit: Option<u64>,
        cursor: Option<&str>,
    ) -> Result<Response<types::ChatList>, Error<types::Problem>> {
        let url = Endpoint::new(&self.base_url, "/chats")
            .query_joined("account_id", &account_id, ',')
            .query("account_type", &account_type)
            .query("unread", &unread)
            .query("before", &before)
            .query("after", &after)
            .query("limit", &limit)
            .query("cursor", &cursor)
            .finish()?;
        let request = self.http.get(url).header(ACCEPT, "application/json");
        let request = authorize(request, &self.api_key);
        let response = runtime::execute(&self.http, request).await?;
        runtime::json(response).await
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
    /// [`Error`]; documented statuses: 400, 401, 403, 404, 415, 422, 429, 500, 501, 503, 504.
    pub async fn start_chat(
        &self,
        form: &forms::StartChatRequest,
    ) -> Result<Response<types::ChatStarted>, Error<types::Problem>> {
        let url = Endpoint::new(&self.base_url, "/chats").finish()?;
        let request = self.http.post(url).header(ACCEPT, "application/json");
        let request = authorize(request, &self.api_key);
        let request = form.to_form_with(&self.form_options)?.apply(request);
        let response = runtime::execute(&self.http, request).await?;
        runtime::json(response).await
    }

    /// Get a chat.
    ///
    /// Gives one chat together with the newest message in it.
    ///
    /// Sends `GET /chats/{chat_id}`.
    ///
    /// # Arguments
    /// - `chat_id`: The chat, by its postpress id or its provider id.
    /// - `account_id`: The postpress account in which to look up the chat. Needed when `chat_id` is a provider id.
    ///
    /// # Errors
    /// [`Error`]; documented statuses: 401, 403, 404, 500, 503, 504.
    pub async fn get_chat(
        &self,
        chat_id: &str,
        account_id: Option<&str>,
    ) -> Result<Response<types::ChatDetail>, Error<types::Problem>> {
        let url = Endpoint::new(&self.base_url, "/chats/{chat_id}")
            .path("chat_id", chat_id)
            .query("account_id", &account_id)
            .finish()?;
        let request = self.http.get(url).header(ACCEPT, "application/json");
        let request = authorize(request, &self.api_key);
        let response = runtime::execute(&self.http, request).await?;
        runtime::json(response).await
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
    /// [`Error`]; documented statuses: 401, 403, 404, 415, 422, 429, 500, 503, 504.
    pub async fn send_message(
        &self,
        chat_id: &str,
        form: &forms::SendMessageRequest,
    ) -> Result<Response<types::MessageSent>, Error<types::Problem>> {
        let url = Endpoint::new(&self.base_url, "/chats/{chat_id}/messages")
            .path("chat_id", chat_id)
            .finish()?;
        let request = self.http.post(url).header(ACCEPT, "application/json");
        let request = authorize(request, &self.api_key);
        let request = form.to_form_with(&self.form_options)?.apply(request);
        let response = runtime::execute(&self.http, request).await?;
        runtime::json(response).await
    }
}

/// Adds a credential to a request, if the client has been given it.
fn authorize(
    request: reqwest::RequestBuilder,
    credentials: &Option<Credentials>,
) -> reqwest::RequestBuilder {
    match credentials {
        Some(credentials) => credentials.apply(request),
        None => request,
    }
}
