// Generated from spec/postpress.yaml, do not edit. To regenerate: cargo xtask generate

::postpress_runtime::error_catalogue! {
    /// What went wrong, as the service names it.
    ///
    /// Types that this crate does not know are kept as they came.
    pub enum ErrorType {
        /// The request needs credentials and has none.
        MissingCredentials = "errors/missing_credentials" => [
            401 "listChats" "The request needs credentials and has none.",
            401 "startChat" "The request needs credentials and has none.",
            401 "getChat" "The request needs credentials and has none.",
            401 "sendMessage" "The request needs credentials and has none.",
        ],
        /// Some Recruiter accounts may have only so many LinkedIn sessions. Connect by cookie.
        MultipleSessions = "errors/multiple_sessions" => [
            401 "listChats" "Some Recruiter accounts may have only so many LinkedIn sessions. Connect by cookie.",
            401 "startChat" "Some Recruiter accounts may have only so many LinkedIn sessions. Connect by cookie.",
            401 "getChat" "Some Recruiter accounts may have only so many LinkedIn sessions. Connect by cookie.",
            401 "sendMessage" "Some Recruiter accounts may have only so many LinkedIn sessions. Connect by cookie.",
        ],
        /// The answer to the checkpoint was not accepted. Try once more.
        InvalidCheckpointSolution = "errors/invalid_checkpoint_solution" => [
            401 "listChats" "The answer to the checkpoint was not accepted. Try once more.",
            401 "startChat" "The answer to the checkpoint was not accepted. Try once more.",
            401 "getChat" "The answer to the checkpoint was not accepted. Try once more.",
            401 "sendMessage" "The answer to the checkpoint was not accepted. Try once more.",
        ],
        /// The credentials given for the proxy are wrong.
        InvalidProxyCredentials = "errors/invalid_proxy_credentials" => [
            401 "listChats" "The credentials given for the proxy are wrong.",
            401 "startChat" "The credentials given for the proxy are wrong.",
            401 "getChat" "The credentials given for the proxy are wrong.",
            401 "sendMessage" "The credentials given for the proxy are wrong.",
        ],
        /// It seems that the checkpoint cannot be passed.
        CheckpointError = "errors/checkpoint_error" => [
            401 "listChats" "It seems that the checkpoint cannot be passed.",
            401 "startChat" "It seems that the checkpoint cannot be passed.",
            401 "getChat" "It seems that the checkpoint cannot be passed.",
            401 "sendMessage" "It seems that the checkpoint cannot be passed.",
        ],
        /// The credentials given are wrong.
        InvalidCredentials = "errors/invalid_credentials" => [
            401 "listChats" "The credentials given are wrong.",
            401 "startChat" "The credentials given are wrong.",
            401 "getChat" "The credentials given are wrong.",
            401 "sendMessage" "The credentials given are wrong.",
        ],
        /// The credentials are no longer valid. The account has to be connected anew.
        ExpiredCredentials = "errors/expired_credentials" => [
            401 "listChats" "The credentials are no longer valid. The account has to be connected anew.",
            401 "startChat" "The credentials are no longer valid. The account has to be connected anew.",
            401 "getChat" "The credentials are no longer valid. The account has to be connected anew.",
            401 "sendMessage" "The credentials are no longer valid. The account has to be connected anew.",
        ],
        /// The scopes of the API key do not include this resource.
        InsufficientPrivileges = "errors/insufficient_privileges" => [
            401 "listChats" "The scopes of the API key do not include this resource.",
            401 "startChat" "The scopes of the API key do not include this resource.",
            401 "getChat" "The scopes of the API key do not include this resource.",
            401 "sendMessage" "The scopes of the API key do not include this resource.",
        ],
        /// The account has lost its connection to the provider.
        DisconnectedAccount = "errors/disconnected_account" => [
            401 "listChats" "The account has lost its connection to the provider.",
            401 "startChat" "The account has lost its connection to the provider.",
            401 "getChat" "The account has lost its connection to the provider.",
            401 "sendMessage" "The account has lost its connection to the provider.",
        ],
        /// The service that the request is for is not connected.
        DisconnectedFeature = "errors/disconnected_feature" => [
            401 "listChats" "The service that the request is for is not connected.",
            401 "startChat" "The service that the request is for is not connected.",
            401 "getChat" "The service that the request is for is not connected.",
            401 "sendMessage" "The service that the request is for is not connected.",
        ],
        /// The account is good, its credentials for IMAP/SMTP are not.
        InvalidCredentialsButValidAccountImap = "errors/invalid_credentials_but_valid_account_imap" => [
            401 "listChats" "The account is good, its credentials for IMAP/SMTP are not.",
            401 "startChat" "The account is good, its credentials for IMAP/SMTP are not.",
            401 "getChat" "The account is good, its credentials for IMAP/SMTP are not.",
            401 "sendMessage" "The account is good, its credentials for IMAP/SMTP are not.",
        ],
        /// The link is past its time. A new one has to be generated.
        ExpiredLink = "errors/expired_link" => [
            401 "listChats" "The link is past its time. A new one has to be generated.",
            401 "startChat" "The link is past its time. A new one has to be generated.",
            401 "getChat" "The link is past its time. A new one has to be generated.",
            401 "sendMessage" "The link is past its time. A new one has to be generated.",
        ],
        /// The credentials belong to another account.
        WrongAccount = "errors/wrong_account" => [
            401 "listChats" "The credentials belong to another account.",
            401 "startChat" "The credentials belong to another account.",
            401 "getChat" "The credentials belong to another account.",
            401 "sendMessage" "The credentials belong to another account.",
        ],
        /// The provider has put a restriction on the account.
        AccountRestricted = "errors/account_restricted" => [
            403 "listChats" "The provider has put a restriction on the account.",
            403 "startChat" "The provider has put a restriction on the account.",
            403 "getChat" "The provider has put a restriction on the account.",
            403 "sendMessage" "The provider has put a restriction on the account.",
        ],
        /// The account is not one that can do this.
        AccountMismatch = "errors/account_mismatch" => [
            403 "listChats" "The account is not one that can do this.",
            403 "startChat" "The account is not one that can do this.",
            403 "getChat" "The account is not one that can do this.",
            403 "sendMessage" "The account is not one that can do this.",
        ],
        /// The authentication is valid but does not permit this.
        InsufficientPermissions = "errors/insufficient_permissions" => [
            403 "listChats" "The authentication is valid but does not permit this.",
            403 "startChat" "The authentication is valid but does not permit this.",
            403 "getChat" "The authentication is valid but does not permit this.",
            403 "sendMessage" "The authentication is valid but does not permit this.",
        ],
        /// The user of the token is not the user of the client's session.
        SessionMismatch = "errors/session_mismatch" => [
            403 "listChats" "The user of the token is not the user of the client's session.",
            403 "startChat" "The user of the token is not the user of the client's session.",
            403 "getChat" "The user of the token is not the user of the client's session.",
            403 "sendMessage" "The user of the token is not the user of the client's session.",
        ],
        /// There is no subscription to the feature, or it was not properly authenticated.
        FeatureNotSubscribed = "errors/feature_not_subscribed" => [
            403 "listChats" "There is no subscription to the feature, or it was not properly authenticated.",
            403 "startChat" "There is no subscription to the feature, or it was not properly authenticated.",
            403 "getChat" "There is no subscription to the feature, or it was not properly authenticated.",
            403 "sendMessage" "There is no subscription to the feature, or it was not properly authenticated.",
        ],
        /// The feature takes a subscription.
        SubscriptionRequired = "errors/subscription_required" => [
            403 "listChats" "The feature takes a subscription.",
            403 "startChat" "The feature takes a subscription.",
            403 "getChat" "The feature takes a subscription.",
            403 "sendMessage" "The feature takes a subscription.",
        ],
        /// The login seems to lack one more step to be complete.
        UnknownAuthenticationContext = "errors/unknown_authentication_context" => [
            403 "listChats" "The login seems to lack one more step to be complete.",
            403 "startChat" "The login seems to lack one more step to be complete.",
            403 "getChat" "The login seems to lack one more step to be complete.",
            403 "sendMessage" "The login seems to lack one more step to be complete.",
        ],
        /// One more step is needed. Finish the authentication in the provider's own application.
        ActionRequired = "errors/action_required" => [
            403 "listChats" "One more step is needed. Finish the authentication in the provider's own application.",
            403 "startChat" "One more step is needed. Finish the authentication in the provider's own application.",
            403 "getChat" "One more step is needed. Finish the authentication in the provider's own application.",
            403 "sendMessage" "One more step is needed. Finish the authentication in the provider's own application.",
        ],
        /// The resource is not open to you.
        ResourceAccessRestricted = "errors/resource_access_restricted" => [
            403 "listChats" "The resource is not open to you.",
            403 "startChat" "The resource is not open to you.",
            403 "getChat" "The resource is not open to you.",
            403 "sendMessage" "The resource is not open to you.",
        ],
        /// An unexpected failure.
        UnexpectedError = "errors/unexpected_error" => [
            500 "listChats" "An unexpected failure.",
            500 "startChat" "An unexpected failure.",
            500 "getChat" "An unexpected failure.",
            500 "sendMessage" "An unexpected failure.",
        ],
        /// The provider has technical difficulties. Try again later.
        ProviderError = "errors/provider_error" => [
            500 "listChats" "The provider has technical difficulties. Try again later.",
            500 "startChat" "The provider has technical difficulties. Try again later.",
            500 "getChat" "The provider has technical difficulties. Try again later.",
            500 "sendMessage" "The provider has technical difficulties. Try again later.",
        ],
        /// The attempt to authenticate failed and was ended. It has to be made anew.
        AuthenticationIntentError = "errors/authentication_intent_error" => [
            500 "listChats" "The attempt to authenticate failed and was ended. It has to be made anew.",
            500 "startChat" "The attempt to authenticate failed and was ended. It has to be made anew.",
            500 "getChat" "The attempt to authenticate failed and was ended. It has to be made anew.",
            500 "sendMessage" "The attempt to authenticate failed and was ended. It has to be made anew.",
        ],
        /// There is no running client session.
        NoClientSession = "errors/no_client_session" => [
            503 "listChats" "There is no running client session.",
            503 "startChat" "There is no running client session.",
            503 "getChat" "There is no running client session.",
            503 "sendMessage" "There is no running client session.",
        ],
        /// There is no channel to the client session.
        NoChannel = "errors/no_channel" => [
            503 "listChats" "There is no channel to the client session.",
            503 "startChat" "There is no channel to the client session.",
            503 "getChat" "There is no channel to the client session.",
            503 "sendMessage" "There is no channel to the client session.",
        ],
        /// There is nothing that handles such a request.
        NoHandler = "errors/no_handler" => [
            503 "listChats" "There is nothing that handles such a request.",
            503 "startChat" "There is nothing that handles such a request.",
            503 "getChat" "There is nothing that handles such a request.",
            503 "sendMessage" "There is nothing that handles such a request.",
        ],
        /// The server has no network. Try again in a little while.
        NetworkDown = "errors/network_down" => [
            503 "listChats" "The server has no network. Try again in a little while.",
            503 "startChat" "The server has no network. Try again in a little while.",
            503 "getChat" "The server has no network. Try again in a little while.",
            503 "sendMessage" "The server has no network. Try again in a little while.",
        ],
        /// The service is down for the moment. Try again later.
        ServiceUnavailable = "errors/service_unavailable" => [
            503 "listChats" "The service is down for the moment. Try again later.",
            503 "startChat" "The service is down for the moment. Try again later.",
            503 "getChat" "The service is down for the moment. Try again later.",
            503 "sendMessage" "The service is down for the moment. Try again later.",
        ],
        /// The request ran out of time. Try again, and turn to support when it happens repeatedly.
        RequestTimeout = "errors/request_timeout" => [
            504 "listChats" "The request ran out of time. Try again, and turn to support when it happens repeatedly.",
            504 "startChat" "The request ran out of time. Try again, and turn to support when it happens repeatedly.",
            504 "getChat" "The request ran out of time. Try again, and turn to support when it happens repeatedly.",
            504 "sendMessage" "The request ran out of time. Try again, and turn to support when it happens repeatedly.",
        ],
        /// A parameter is wrong or absent.
        InvalidParameters = "errors/invalid_parameters" => [400 "startChat" "A parameter is wrong or absent."],
        /// A parameter that is needed is absent.
        MissingParameters = "errors/missing_parameters" => [400 "startChat" "A parameter that is needed is absent."],
        /// The provider turned the request down as ill-formed.
        MalformedRequest = "errors/malformed_request" => [400 "startChat" "The provider turned the request down as ill-formed."],
        /// The payload is larger than the provider takes.
        ContentTooLarge = "errors/content_too_large" => [400 "startChat" "The payload is larger than the provider takes."],
        /// The payload contains a URL that is not one.
        InvalidUrl = "errors/invalid_url" => [400 "startChat" "The payload contains a URL that is not one."],
        /// The content has more characters than are allowed.
        TooManyCharacters = "errors/too_many_characters" => [400 "startChat" "The content has more characters than are allowed."],
        /// The path of the request contains characters that should have been escaped.
        UnescapedCharacters = "errors/unescaped_characters" => [400 "startChat" "The path of the request contains characters that should have been escaped."],
        /// The `limit` of a page is more than the greatest that is allowed.
        LimitTooHigh = "errors/limit_too_high" => [400 "startChat" "The `limit` of a page is more than the greatest that is allowed."],
        /// There is no such resource.
        ResourceNotFound = "errors/resource_not_found" => [
            404 "startChat" "There is no such resource.",
            404 "getChat" "There is no such resource.",
            404 "sendMessage" "There is no such resource.",
        ],
        /// An identifier is not a valid one.
        InvalidResourceIdentifier = "errors/invalid_resource_identifier" => [
            404 "startChat" "An identifier is not a valid one.",
            404 "getChat" "The identifier is not a valid one for a chat.",
            404 "sendMessage" "An identifier is not a valid one.",
        ],
        /// The provider turned the media down.
        UnsupportedMediaType = "errors/unsupported_media_type" => [
            415 "startChat" "The provider turned the media down.",
            415 "sendMessage" "The media has a format that the provider does not support.",
        ],
        /// The account is not one that this operation works for.
        InvalidAccount = "errors/invalid_account" => [
            422 "startChat" "The account is not one that this operation works for.",
            422 "sendMessage" "The account is not able to do this.",
        ],
        /// There is something wrong with the recipient.
        InvalidRecipient = "errors/invalid_recipient" => [
            422 "startChat" "There is something wrong with the recipient.",
            422 "sendMessage" "The provider does not accept the recipient as one.",
        ],
        /// The recipient is not among the account's first-degree connections.
        NoConnectionWithRecipient = "errors/no_connection_with_recipient" => [
            422 "startChat" "The recipient is not among the account's first-degree connections.",
            422 "sendMessage" "The account needs a connection with the recipient first.",
        ],
        /// The account is blocked by the recipient.
        BlockedRecipient = "errors/blocked_recipient" => [
            422 "startChat" "The account is blocked by the recipient.",
            422 "sendMessage" "The sender is blocked by the recipient.",
        ],
        /// There is no way to reach the user.
        UserUnreachable = "errors/user_unreachable" => [
            422 "startChat" "There is no way to reach the user.",
            422 "sendMessage" "There is no way to reach the recipient.",
        ],
        /// The request could not be carried out.
        UnprocessableEntity = "errors/unprocessable_entity" => [
            422 "startChat" "The request could not be carried out.",
            422 "sendMessage" "The provider was unable to process this message.",
        ],
        /// A payment is due and did not go through.
        PaymentError = "errors/payment_error" => [
            422 "startChat" "A payment is due and did not go through.",
            422 "sendMessage" "Sending this message takes a payment.",
        ],
        /// This has been done before.
        ActionAlreadyPerformed = "errors/action_already_performed" => [
            422 "startChat" "This has been done before.",
            422 "sendMessage" "This has been done before.",
        ],
        /// There is something wrong with the message.
        InvalidMessage = "errors/invalid_message" => [
            422 "startChat" "There is something wrong with the message.",
            422 "sendMessage" "There is something wrong with the text or the attachments of the message.",
        ],
        /// There is something wrong with the post that is referred to.
        InvalidPost = "errors/invalid_post" => [
            422 "startChat" "There is something wrong with the post that is referred to.",
            422 "sendMessage" "There is something wrong with the post that is referred to.",
        ],
        /// This recipient, or this account, rules InMail out.
        NotAllowedInmail = "errors/not_allowed_inmail" => [
            422 "startChat" "This recipient, or this account, rules InMail out.",
            422 "sendMessage" "This recipient rules InMail out.",
        ],
        /// Too few InMail credits are left.
        InsufficientCredits = "errors/insufficient_credits" => [
            422 "startChat" "Too few InMail credits are left.",
            422 "sendMessage" "Too few credits are left for this message.",
        ],
        /// It is too early to send the message again.
        CannotResendYet = "errors/cannot_resend_yet" => [
            422 "startChat" "It is too early to send the message again.",
            422 "sendMessage" "It is too early to send the message again.",
        ],
        /// The message can be sent again only after 24 hours.
        CannotResendWithin24hrs = "errors/cannot_resend_within_24hrs" => [
            422 "startChat" "The message can be sent again only after 24 hours.",
            422 "sendMessage" "The message can be sent again only after 24 hours.",
        ],
        /// A limit of the provider's is used up.
        LimitExceeded = "errors/limit_exceeded" => [
            422 "startChat" "A limit of the provider's is used up.",
            422 "sendMessage" "The provider's limit for sending is used up.",
        ],
        /// The recipient had an invitation not long ago.
        AlreadyInvitedRecently = "errors/already_invited_recently" => [
            422 "startChat" "The recipient had an invitation not long ago.",
            422 "sendMessage" "The recipient had an invitation not long ago.",
        ],
        /// The recipient is a connection already.
        AlreadyConnected = "errors/already_connected" => [
            422 "startChat" "The recipient is a connection already.",
            422 "sendMessage" "The recipient is a connection already.",
        ],
        /// It is not possible to invite the attendee.
        CannotInviteAttendee = "errors/cannot_invite_attendee" => [
            422 "startChat" "It is not possible to invite the attendee.",
            422 "sendMessage" "It is not possible to invite the attendee.",
        ],
        /// There is no such parent mail.
        ParentMailNotFound = "errors/parent_mail_not_found" => [
            422 "startChat" "There is no such parent mail.",
            422 "sendMessage" "There is no such parent email.",
        ],
        /// The provider id of the parent mail is wrong.
        ParentMailInvalidProviderId = "errors/parent_mail_invalid_provider_id" => [
            422 "startChat" "The provider id of the parent mail is wrong.",
            422 "sendMessage" "The provider id of the parent email is wrong.",
        ],
        /// The subject of the reply is wrong.
        InvalidReplySubject = "errors/invalid_reply_subject" => [
            422 "startChat" "The subject of the reply is wrong.",
            422 "sendMessage" "The subject of the reply is wrong.",
        ],
        /// There is something wrong with the headers.
        InvalidHeaders = "errors/invalid_headers" => [
            422 "startChat" "There is something wrong with the headers.",
            422 "sendMessage" "There is something wrong with the headers of the message.",
        ],
        /// There is no permission to send as somebody else.
        SendAsDenied = "errors/send_as_denied" => [
            422 "startChat" "There is no permission to send as somebody else.",
            422 "sendMessage" "The provider does not permit sending as somebody else.",
        ],
        /// There is something wrong with the folder.
        InvalidFolder = "errors/invalid_folder" => [
            422 "startChat" "There is something wrong with the folder.",
            422 "sendMessage" "There is something wrong with the folder that the message is meant for.",
        ],
        /// There is something wrong with the thread.
        InvalidThread = "errors/invalid_thread" => [
            422 "startChat" "There is something wrong with the thread.",
            422 "sendMessage" "There is something wrong with the thread that the message is meant for.",
        ],
        /// There is no authorization for this.
        Unauthorized = "errors/unauthorized" => [
            422 "startChat" "There is no authorization for this.",
            422 "sendMessage" "The provider takes the request for unauthorized.",
        ],
        /// Further up the line the sender was turned away.
        SenderRejected = "errors/sender_rejected" => [
            422 "startChat" "Further up the line the sender was turned away.",
            422 "sendMessage" "The provider turned the sender away.",
        ],
        /// Further up the line the recipient was turned away.
        RecipientRejected = "errors/recipient_rejected" => [
            422 "startChat" "Further up the line the recipient was turned away.",
            422 "sendMessage" "The provider turned the recipient away.",
        ],
        /// A server turned away the IP address that the request came from.
        IpRejectedByServer = "errors/ip_rejected_by_server" => [
            422 "startChat" "A server turned away the IP address that the request came from.",
            422 "sendMessage" "The server further up the line turned away the sender's IP address.",
        ],
        /// The provider could not be reached.
        ProviderUnreachable = "errors/provider_unreachable" => [
            422 "startChat" "The provider could not be reached.",
            422 "sendMessage" "The provider cannot be reached at present.",
        ],
        /// The account is not set up correctly.
        AccountConfigurationError = "errors/account_configuration_error" => [
            422 "startChat" "The account is not set up correctly.",
            422 "sendMessage" "The account is not set up correctly.",
        ],
        /// It is not possible to send the message.
        CantSendMessage = "errors/cant_send_message" => [
            422 "startChat" "It is not possible to send the message.",
            422 "sendMessage" "It was not possible to send the message.",
        ],
        /// The realtime client has not been started.
        RealtimeClientNotInitialized = "errors/realtime_client_not_initialized" => [
            422 "startChat" "The realtime client has not been started.",
            422 "sendMessage" "The realtime client has not been started.",
        ],
        /// Comments are turned off.
        CommentsDisabled = "errors/comments_disabled" => [
            422 "startChat" "Comments are turned off.",
            422 "sendMessage" "Comments are turned off for this resource.",
        ],
        /// There is no free job slot.
        InsufficientJobSlot = "errors/insufficient_job_slot" => [
            422 "startChat" "There is no free job slot.",
            422 "sendMessage" "No job slot is left for this message.",
        ],
        /// The provider takes no further requests for now. Try again later.
        TooManyRequests = "errors/too_many_requests" => [
            429 "startChat" "The provider takes no further requests for now. Try again later.",
            429 "sendMessage" "The provider takes no further requests for now. Try again later.",
        ],
        /// The feature is on the way and does not exist yet.
        FeatureNotImplemented = "errors/feature_not_implemented" => [501 "startChat" "The feature is on the way and does not exist yet."],
    }
}
