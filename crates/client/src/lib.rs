//! The client of the postpress messaging API, generated from `spec/postpress.yaml` by `cargo xtask generate`.
//!
//! Each operation is a method of [`Client`] that makes a [`Request`](runtime::Request), which is sent, once, when it is awaited.
//! Retries, paging and builders are the business of the crates above this one.
//!
//! ```no_run
//! use postpress_client::{Client, DEFAULT_BASE_URL, Upload, forms};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(DEFAULT_BASE_URL)?.with_api_key("pp_live_...")?;
//! let sent = client
//!     .start_chat(&forms::StartChatRequest {
//!         account_id: "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".into(),
//!         attendees_ids: vec!["ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E".into()],
//!         text: Some("Hello world!".into()),
//!         attachments: vec![Upload::path("cute_dog.png")],
//!         ..Default::default()
//!     })
//!     .await?;
//! println!("{:?}", sent.value().chat_id);
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//! - `rustls` (default): HTTPS.
//! - `http2`: HTTP/2, where the service offers it.
//! - `schemars`: [`schemars::JsonSchema`](https://docs.rs/schemars/0.8) for all generated types.

#[rustfmt::skip]
mod generated;

pub use generated::*;
pub use postpress_runtime as runtime;
pub use postpress_runtime::multipart::{self, Upload};
