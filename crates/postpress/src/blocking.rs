//! The same API without async: the same builders, which end with [`call`](ListChats::call) or [`send`](SendMessage::send) instead of
//! being awaited.
//!
//! A client runs its calls on a Tokio runtime of its own, with one thread. That thread also watches idle connections between
//! calls, so that no request is written to one that the service has closed meanwhile, which would leave its delivery unknown.
//!
//! Calls in async code would block the runtime that they are in. They are refused before anything is sent, with an error for which
//! [`Error::is_configuration`] holds. In a closure for [`spawn_blocking`](tokio::task::spawn_blocking) they can be made.
//!
//! ```
//! # let mock = postpress_mock::MockServer::builder().start_blocking().unwrap();
//! # let id = mock.chats()[0]["id"].as_str().unwrap().to_owned();
//! # let settings = postpress::Postpress::builder().api_key("k").base_url(mock.base_url());
//! # /*
//! let postpress = postpress::blocking::Postpress::from_env()?;
//! # */
//! # let postpress = postpress::blocking::Postpress::build(settings)?;
//! for chat in postpress.list_chats().unread(true).chats() {
//!     let chat = chat?;
//!     println!("{}", chat.name().unwrap_or("?"));
//! }
//! let sent = postpress.send_message(&id).text("Hello!").send()?;
//! println!("{:?}", sent.message_id());
//! # Ok::<(), postpress::Error>(())
//! ```

use std::{
    path::Path,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::Duration,
};

use futures_util::{Stream, StreamExt};
use tokio::{runtime::Runtime, task::coop};

use crate::{
    AccountType, Builder, Chat, ChatDetail, ChatPage, ChatStream, Error, Odd, Operation,
    Recipients, RetryPolicy, SentMessage, StartedChat, Timestamp, Upload, linkedin,
};

/// A client for programs without async. It is cheap to clone. See [`crate::Postpress`].
#[derive(Clone, Debug)]
pub struct Postpress {
    inner: crate::Postpress,
    runtime: Arc<OwnRuntime>,
}

/// A runtime that can be dropped anywhere.
#[derive(Debug)]
struct OwnRuntime(Option<Runtime>);

impl OwnRuntime {
    fn new() -> Result<Self, Error> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("postpress")
            .enable_all()
            .build();
        let refused = |error| Error::configuration(format!("no thread can be started: {error}"));
        runtime.map(|runtime| Self(Some(runtime))).map_err(refused)
    }

    fn call<T>(
        &self,
        operation: Operation,
        call: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        self.wait(call).map_err(|refused| refused.of(operation))?
    }

    fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        if is_in_task() {
            return Err(Error::configuration(
                "`postpress::blocking` cannot be used in async code: use `postpress::Postpress` there",
            ));
        }
        match &self.0 {
            Some(runtime) => Ok(runtime.block_on(future)),
            None => Err(Error::configuration("the runtime has been shut down")),
        }
    }
}

/// Whether this thread runs a task of Tokio, or what waits for one, and not what may block. Tokio does not tell; but it
/// gives a budget to all that must not block, and to nothing else.
fn is_in_task() -> bool {
    let mut context = Context::from_waker(Waker::noop());
    let mut taken = Vec::new();
    let is_limited = (0..=u8::MAX).any(|_| match coop::poll_proceed(&mut context) {
        Poll::Ready(step) => {
            taken.push(step);
            false
        }
        Poll::Pending => true,
    });
    // Each gives back what was there before it was taken.
    while taken.pop().is_some() {}
    is_limited
}

impl Drop for OwnRuntime {
    fn drop(&mut self) {
        // Dropping a runtime waits for it, which panics in async code.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Postpress {
    /// See [`crate::Postpress::from_env`].
    ///
    /// # Errors
    /// The same, and if no thread can be started.
    pub fn from_env() -> Result<Self, Error> {
        Self::build(crate::Postpress::builder().env())
    }

    /// See [`crate::Postpress::new`].
    ///
    /// # Errors
    /// The same, and if no thread can be started.
    pub fn new(api_key: impl Into<String>) -> Result<Self, Error> {
        Self::build(crate::Postpress::builder().api_key(api_key))
    }

    /// Creates a client with these settings. See [`Builder::build`].
    ///
    /// # Errors
    /// The same, and if no thread can be started.
    pub fn build(settings: Builder) -> Result<Self, Error> {
        Ok(Self {
            inner: settings.build()?,
            runtime: Arc::new(OwnRuntime::new()?),
        })
    }

    /// See [`crate::Postpress::list_chats`].
    pub fn list_chats(&self) -> ListChats {
        ListChats {
            inner: self.inner.list_chats(),
            runtime: Arc::clone(&self.runtime),
        }
    }

    /// See [`crate::Postpress::get_chat`].
    pub fn get_chat(&self, chat_id: impl Into<String>) -> GetChat {
        GetChat {
            inner: self.inner.get_chat(chat_id),
            runtime: Arc::clone(&self.runtime),
        }
    }

    /// See [`crate::Postpress::start_chat`].
    pub fn start_chat(
        &self,
        account_id: impl Into<String>,
        to: impl Into<Recipients>,
    ) -> StartChat {
        StartChat {
            inner: self.inner.start_chat(account_id, to),
            runtime: Arc::clone(&self.runtime),
        }
    }

    /// See [`crate::Postpress::send_message`].
    pub fn send_message(&self, chat_id: impl Into<String>) -> SendMessage {
        SendMessage {
            inner: self.inner.send_message(chat_id),
            runtime: Arc::clone(&self.runtime),
        }
    }

    /// See [`crate::Postpress::base_url`].
    pub fn base_url(&self) -> &str {
        self.inner.base_url()
    }
}

/// Defines a builder around the async one of the same name, with the same methods, and with one that makes the call.
macro_rules! builder {
    (
        $name:ident ends with $end:ident -> $output:ty;
        $( $method:ident ( $($argument:ident: $kind:ty),* ); )*
    ) => {
        #[doc = concat!("See [`crate::", stringify!($name), "`].")]
        #[derive(Clone, Debug)]
        #[must_use = "nothing is requested before its last method"]
        pub struct $name {
            inner: crate::$name,
            runtime: Arc<OwnRuntime>,
        }

        impl $name {
            $(
                #[doc = concat!("See [`crate::", stringify!($name), "::", stringify!($method), "`].")]
                pub fn $method(mut self, $($argument: $kind),*) -> Self {
                    self.inner = self.inner.$method($($argument),*);
                    self
                }
            )*

            /// Makes the call, and blocks until it is over.
            ///
            /// # Errors
            /// Those of the call, and if this is called in async code.
            pub fn $end(self) -> Result<$output, Error> {
                let operation = Operation::$name;
                self.runtime.call(operation, self.inner.into_future())
            }
        }
    };
}

builder! {
    ListChats ends with call -> ChatPage;
    account(account_id: impl Into<String>);
    accounts(account_ids: impl IntoIterator<Item = impl Into<String>>);
    provider(provider: AccountType);
    unread(unread: bool);
    before(time: impl TryInto<Timestamp, Error: std::fmt::Display>);
    after(time: impl TryInto<Timestamp, Error: std::fmt::Display>);
    limit(chats: u64);
    cursor(cursor: impl Into<String>);
    max_empty_pages(pages: usize);
    timeout(limit: Duration);
    deadline(limit: Duration);
    retry(policy: RetryPolicy);
}

builder! {
    GetChat ends with call -> ChatDetail;
    account(account_id: impl Into<String>);
    timeout(limit: Duration);
    deadline(limit: Duration);
    retry(policy: RetryPolicy);
}

builder! {
    StartChat ends with send -> StartedChat;
    text(text: impl Into<String>);
    subject(subject: impl Into<String>);
    linkedin(options: impl Into<linkedin::Options>);
    bracketed_arrays();
    attach(file: impl Into<Upload>);
    attach_file(path: impl AsRef<Path>);
    attach_all(files: impl IntoIterator<Item = impl Into<Upload>>);
    voice_message(file: impl Into<Upload>);
    video_message(file: impl Into<Upload>);
    max_file_size(bytes: u64);
    on_progress(hook: impl Fn(u64, u64) + Send + Sync + 'static);
    timeout(limit: Duration);
    deadline(limit: Duration);
    retry(policy: RetryPolicy);
}

builder! {
    SendMessage ends with send -> SentMessage;
    text(text: impl Into<String>);
    account(account_id: impl Into<String>);
    thread(thread_id: impl Into<String>);
    quote(message_id: impl Into<String>);
    typing_duration(duration: impl Into<String>);
    attach(file: impl Into<Upload>);
    attach_file(path: impl AsRef<Path>);
    attach_all(files: impl IntoIterator<Item = impl Into<Upload>>);
    voice_message(file: impl Into<Upload>);
    video_message(file: impl Into<Upload>);
    max_file_size(bytes: u64);
    on_progress(hook: impl Fn(u64, u64) + Send + Sync + 'static);
    timeout(limit: Duration);
    deadline(limit: Duration);
    retry(policy: RetryPolicy);
}

impl ListChats {
    /// The chats of all pages. The next page is fetched while the current one is being used. See [`crate::ListChats::stream`].
    pub fn chats(self) -> Chats {
        Chats {
            stream: Box::pin(self.inner.stream()),
            runtime: self.runtime,
            refused: false,
        }
    }
}

/// The chats of all pages of a listing, from [`ListChats::chats`].
#[derive(Debug)]
#[must_use = "iterators are lazy"]
pub struct Chats<T = Chat> {
    stream: Pin<Box<ChatStream<T>>>,
    runtime: Arc<OwnRuntime>,
    refused: bool,
}

impl Chats {
    /// See [`ChatStream::with_odd`].
    pub fn with_odd(self) -> Chats<Result<Chat, Odd>> {
        let Self {
            stream,
            runtime,
            refused,
        } = self;
        let stream = Box::pin(Pin::into_inner(stream).with_odd());
        Chats {
            stream,
            runtime,
            refused,
        }
    }
}

impl<T> Chats<T> {
    /// See [`ChatStream::cursor`].
    pub fn cursor(&self) -> Option<&str> {
        self.stream.cursor()
    }

    /// See [`ChatStream::odd_count`].
    pub fn odd_count(&self) -> u64 {
        self.stream.odd_count()
    }
}

impl<T> Iterator for Chats<T>
where
    ChatStream<T>: Stream<Item = Result<T, Error>>,
{
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.refused {
            return None;
        }
        self.runtime
            .wait(self.stream.next())
            .unwrap_or_else(|error| {
                self.refused = true;
                Some(Err(error.of(Operation::ListChats)))
            })
    }
}
