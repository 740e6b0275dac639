//! The client.

use std::{fmt, sync::Arc};

use http::HeaderValue;
use postpress_client::Client;

use crate::{
    builder::Builder, error::Error, get_chat::GetChat, list_chats::ListChats,
    recipient::Recipients, retry::RetryPolicy, retry_loop::RetryLoop, send_message::SendMessage,
    start_chat::StartChat,
};

/// A client for postpress. It is cheap to clone; clones share connections, the retry budget and hooks.
///
/// ```no_run
/// # async fn example() -> Result<(), postpress::Error> {
/// let postpress = postpress::Postpress::from_env()?;
/// let sent = postpress.send_message("chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR").text("Hello!").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Postpress {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) client: Client,
    /// What the HTTP client sends as `User-Agent`, where this crate set it.
    pub(crate) user_agent: Option<HeaderValue>,
    pub(crate) retry_loop: RetryLoop,
    #[cfg(feature = "blocking")]
    pub(crate) runtime: crate::blocking::OwnRuntime,
}

impl Postpress {
    /// Creates a client with the key in `POSTPRESS_API_KEY`, and the base URL in `POSTPRESS_BASE_URL` if that is set.
    ///
    /// # Errors
    /// If the key is missing or cannot stand in a header, or the base URL is unusable.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().env().build()
    }

    /// Creates a client with this key and the default settings.
    ///
    /// # Errors
    /// If the key is empty or cannot stand in a header.
    pub fn new(api_key: impl Into<String>) -> Result<Self, Error> {
        Self::builder().api_key(api_key).build()
    }

    /// Starts with the default settings of a client, without a key.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Lists chats, page by page or as a stream. From the page "List all chats".
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), postpress::Error> {
    /// # let mock = postpress_mock::MockServer::start().await;
    /// # let postpress = postpress::Postpress::builder().api_key("k").base_url(mock.base_url()).build()?;
    /// let page = postpress.list_chats().unread(true).limit(50).await?;
    /// for chat in &page {
    ///     println!("{}: {}", chat.name().unwrap_or("?"), chat.unread_count());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_chats(&self) -> ListChats {
        ListChats::new(self.clone())
    }

    /// Retrieves a chat with its newest message, by postpress id or, with [`GetChat::account`], by provider id. From the page
    /// "Retrieve a chat".
    pub fn get_chat(&self, chat_id: impl Into<String>) -> GetChat {
        GetChat::new(self.clone(), chat_id.into())
    }

    /// Starts a chat from a connected account with one recipient, or with several as a group. From the page "Start a new
    /// chat".
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), postpress::Error> {
    /// # let mock = postpress_mock::MockServer::start().await;
    /// # let postpress = postpress::Postpress::builder().api_key("k").base_url(mock.base_url()).build()?;
    /// use postpress::{Recipient, Upload, linkedin::Classic};
    ///
    /// let account = "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR";
    /// let started = postpress
    ///     .start_chat(account, Recipient::linkedin("ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E"))
    ///     .text("Hello!")
    ///     .linkedin(Classic::new().inmail(true))
    ///     .attach(Upload::bytes("%PDF").with_file_name("brochure.pdf"))
    ///     .await?;
    /// println!("{:?}", started.chat_id());
    /// # Ok(())
    /// # }
    /// ```
    pub fn start_chat(
        &self,
        account_id: impl Into<String>,
        to: impl Into<Recipients>,
    ) -> StartChat {
        StartChat::new(self.clone(), account_id.into(), to.into())
    }

    /// Sends a message into a chat that exists. From the page "Send a message in a chat".
    pub fn send_message(&self, chat_id: impl Into<String>) -> SendMessage {
        SendMessage::new(self.clone(), chat_id.into())
    }

    /// The base URL that requests go to.
    pub fn base_url(&self) -> &str {
        self.shared.client.base_url()
    }

    /// The retry policy that calls use unless they have one of their own.
    pub fn retry_policy(&self) -> &RetryPolicy {
        &self.shared.retry_loop.settings.retry
    }
}

impl fmt::Debug for Postpress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postpress")
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}
