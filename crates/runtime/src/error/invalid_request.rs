//! A request that was refused before anything was sent.

use postpress_multipart::FormError;

use super::transport::root_cause;

/// Why a request was refused before anything was sent: it names the parameter or field, and says what to do.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct InvalidRequest(Box<Kind>);

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("parameter `{name}` cannot be sent: {why}")]
    Parameter { name: String, why: String },
    #[error("path `{template}` cannot be requested: {why}")]
    Path { template: &'static str, why: String },
    #[error("the base URL cannot be used: {0}")]
    BaseUrl(String),
    #[error("the credentials cannot be used: {0}")]
    Credentials(String),
    #[error(transparent)]
    Form(FormError),
    #[error("the request could not be built: {}", root_cause(.0).as_deref().unwrap_or("no reason given"))]
    Build(reqwest::Error),
}

impl InvalidRequest {
    pub(crate) fn parameter(name: impl Into<String>, why: impl Into<String>) -> Self {
        Self::new(Kind::Parameter {
            name: name.into(),
            why: why.into(),
        })
    }

    pub(crate) fn path(template: &'static str, why: impl Into<String>) -> Self {
        Self::new(Kind::Path {
            template,
            why: why.into(),
        })
    }

    pub(crate) fn base_url(why: impl Into<String>) -> Self {
        Self::new(Kind::BaseUrl(why.into()))
    }

    pub(crate) fn credentials(why: impl Into<String>) -> Self {
        Self::new(Kind::Credentials(why.into()))
    }

    pub(crate) fn build(error: reqwest::Error) -> Self {
        Self::new(Kind::Build(error.without_url()))
    }

    fn new(kind: Kind) -> Self {
        Self(Box::new(kind))
    }

    /// The name of the path, query or header parameter that was refused, and the reason.
    pub fn refused_parameter(&self) -> Option<(&str, &str)> {
        match &*self.0 {
            Kind::Parameter { name, why } => Some((name, why)),
            _ => None,
        }
    }

    /// The error of the multipart form, when it was the form that was refused.
    pub fn form_error(&self) -> Option<&FormError> {
        match &*self.0 {
            Kind::Form(error) => Some(error),
            _ => None,
        }
    }

    /// Whether the base URL or the credentials were refused: every request of this client will be.
    pub fn is_configuration(&self) -> bool {
        matches!(&*self.0, Kind::BaseUrl(_) | Kind::Credentials(_))
    }
}

impl From<FormError> for InvalidRequest {
    fn from(error: FormError) -> Self {
        Self::new(Kind::Form(error))
    }
}
