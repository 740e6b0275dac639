// Generated from spec/postpress.yaml, do not edit. To regenerate: cargo xtask generate

::postpress_runtime::error_catalogue! {
    operations {
        GROUP_1 = ["listChats", "startChat", "getChat", "sendMessage"];
        GROUP_2 = ["startChat"];
        GROUP_3 = ["startChat", "sendMessage"];
        GROUP_4 = ["sendMessage"];
    }
    /// What went wrong, as the service names it.
    ///
    /// Types that this crate does not know are kept as they came.
    pub enum ErrorType {
        MissingCredentials = "errors/missing_credentials" => [
            401 GROUP_1: "The request needs credentials and has none.",
        ],
        MultipleSessions = "errors/multiple_sessions" => [
            401 GROUP_1: "Some Recruiter accounts may have only so many LinkedIn sessions. Connect by cookie.",
        ],
        InvalidCheckpointSolution = "errors/invalid_checkpoint_solution" => [
            401 GROUP_1: "The answer to the checkpoint was not accepted. Try once more.",
        ],
        InvalidProxyCredentials = "errors/invalid_proxy_credentials" => [
            401 GROUP_1: "The credentials given for the proxy are wrong.",
        ],
        CheckpointError = "errors/checkpoint_error" => [
            401 GROUP_1: "It seems that the checkpoint cannot be passed.",
        ],
        InvalidCredentials = "errors/invalid_credentials" => [
            401 GROUP_1: "The credentials given are wrong.",
        ],
        ExpiredCredentials = "errors/expired_credentials" => [
            401 GROUP_1: "The credentials are no longer valid. The account has to be connected anew.",
        ],
        InsufficientPrivileges = "errors/insufficient_privileges" => [
            401 GROUP_1: "The scopes of the API key do not include this resource.",
        ],
        DisconnectedAccount = "errors/disconnected_account" => [
            401 GROUP_1: "The account has lost its connection to the provider.",
        ],
        DisconnectedFeature = "errors/disconnected_feature" => [
            401 GROUP_1: "The service that the request is for is not connected.",
        ],
        InvalidCredentialsButValidAccountImap = "errors/invalid_credentials_but_valid_account_imap" => [
            401 GROUP_1: "The account is good, its credentials for IMAP/SMTP are not.",
        ],
        ExpiredLink = "errors/expired_link" => [
            401 GROUP_1: "The link is past its time. A new one has to be generated.",
        ],
        WrongAccount = "errors/wrong_account" => [
            401 GROUP_1: "The credentials belong to another account.",
        ],
        AccountRestricted = "errors/account_restricted" => [
            403 GROUP_1: "The provider has put a restriction on the account.",
        ],
        AccountMismatch = "errors/account_mismatch" => [
            403 GROUP_1: "The account is not one that can do this.",
        ],
        InsufficientPermissions = "errors/insufficient_permissions" => [
            403 GROUP_1: "The authentication is valid but does not permit this.",
        ],
        SessionMismatch = "errors/session_mismatch" => [
            403 GROUP_1: "The user of the token is not the user of the client's session.",
        ],
        FeatureNotSubscribed = "errors/feature_not_subscribed" => [
            403 GROUP_1: "There is no subscription to the feature, or it was not properly authenticated.",
        ],
        SubscriptionRequired = "errors/subscription_required" => [
            403 GROUP_1: "The feature takes a subscription.",
        ],
        UnknownAuthenticationContext = "errors/unknown_authentication_context" => [
            403 GROUP_1: "The login seems to lack one more step to be complete.",
        ],
        ActionRequired = "errors/action_required" => [
            403 GROUP_1: "One more step is needed. Finish the authentication in the provider's own application.",
        ],
        ResourceAccessRestricted = "errors/resource_access_restricted" => [
            403 GROUP_1: "The resource is not open to you.",
        ],
        UnexpectedError = "errors/unexpected_error" => [
            500 GROUP_1: "An unexpected failure.",
        ],
        ProviderError = "errors/provider_error" => [
            500 GROUP_1: "The provider has technical difficulties. Try again later.",
        ],
        AuthenticationIntentError = "errors/authentication_intent_error" => [
            500 GROUP_1: "The attempt to authenticate failed and was ended. It has to be made anew.",
        ],
        NoClientSession = "errors/no_client_session" => [
            503 GROUP_1: "There is no running client session.",
        ],
        NoChannel = "errors/no_channel" => [
            503 GROUP_1: "There is no channel to the client session.",
        ],
        NoHandler = "errors/no_handler" => [
            503 GROUP_1: "There is nothing that handles such a request.",
        ],
        NetworkDown = "errors/network_down" => [
            503 GROUP_1: "The server has no network. Try again in a little while.",
        ],
        ServiceUnavailable = "errors/service_unavailable" => [
            503 GROUP_1: "The service is down for the moment. Try again later.",
        ],
        RequestTimeout = "errors/request_timeout" => [
            504 GROUP_1: "The request ran out of time. Try again, and turn to support when it happens repeatedly.",
        ],
        InvalidParameters = "errors/invalid_parameters" => [
            400 GROUP_2: "A parameter is wrong or absent.",
        ],
        MissingParameters = "errors/missing_parameters" => [
            400 GROUP_2: "A parameter that is needed is absent.",
        ],
        MalformedRequest = "errors/malformed_request" => [
            400 GROUP_2: "The provider turned the request down as ill-formed.",
        ],
        ContentTooLarge = "errors/content_too_large" => [
            400 GROUP_2: "The payload is larger than the provider takes.",
        ],
        InvalidUrl = "errors/invalid_url" => [
            400 GROUP_2: "The payload contains a URL that is not one.",
        ],
        TooManyCharacters = "errors/too_many_characters" => [
            400 GROUP_2: "The content has more characters than are allowed.",
        ],
        UnescapedCharacters = "errors/unescaped_characters" => [
            400 GROUP_2: "The path of the request contains characters that should have been escaped.",
        ],
        LimitTooHigh = "errors/limit_too_high" => [
            400 GROUP_2: "The `limit` of a page is more than the greatest that is allowed.",
        ],
        ResourceNotFound = "errors/resource_not_found" => [
            404 ["startChat", "getChat", "sendMessage"]: "There is no such resource.",
        ],
        InvalidResourceIdentifier = "errors/invalid_resource_identifier" => [
            404 GROUP_3: "An identifier is not a valid one.",
            404 ["getChat"]: "The identifier is not a valid one for a chat.",
        ],
        UnsupportedMediaType = "errors/unsupported_media_type" => [
            415 GROUP_2: "The provider turned the media down.",
            415 GROUP_4: "The media has a format that the provider does not support.",
        ],
        InvalidAccount = "errors/invalid_account" => [
            422 GROUP_2: "The account is not one that this operation works for.",
            422 GROUP_4: "The account is not able to do this.",
        ],
        InvalidRecipient = "errors/invalid_recipient" => [
            422 GROUP_2: "There is something wrong with the recipient.",
            422 GROUP_4: "The provider does not accept the recipient as one.",
        ],
        NoConnectionWithRecipient = "errors/no_connection_with_recipient" => [
            422 GROUP_2: "The recipient is not among the account's first-degree connections.",
            422 GROUP_4: "The account needs a connection with the recipient first.",
        ],
        BlockedRecipient = "errors/blocked_recipient" => [
            422 GROUP_2: "The account is blocked by the recipient.",
            422 GROUP_4: "The sender is blocked by the recipient.",
        ],
        UserUnreachable = "errors/user_unreachable" => [
            422 GROUP_2: "There is no way to reach the user.",
            422 GROUP_4: "There is no way to reach the recipient.",
        ],
        UnprocessableEntity = "errors/unprocessable_entity" => [
            422 GROUP_2: "The request could not be carried out.",
            422 GROUP_4: "The provider was unable to process this message.",
        ],
        PaymentError = "errors/payment_error" => [
            422 GROUP_2: "A payment is due and did not go through.",
            422 GROUP_4: "Sending this message takes a payment.",
        ],
        ActionAlreadyPerformed = "errors/action_already_performed" => [
            422 GROUP_3: "This has been done before.",
        ],
        InvalidMessage = "errors/invalid_message" => [
            422 GROUP_2: "There is something wrong with the message.",
            422 GROUP_4: "There is something wrong with the text or the attachments of the message.",
        ],
        InvalidPost = "errors/invalid_post" => [
            422 GROUP_3: "There is something wrong with the post that is referred to.",
        ],
        NotAllowedInmail = "errors/not_allowed_inmail" => [
            422 GROUP_2: "This recipient, or this account, rules InMail out.",
            422 GROUP_4: "This recipient rules InMail out.",
        ],
        InsufficientCredits = "errors/insufficient_credits" => [
            422 GROUP_2: "Too few InMail credits are left.",
            422 GROUP_4: "Too few credits are left for this message.",
        ],
        CannotResendYet = "errors/cannot_resend_yet" => [
            422 GROUP_3: "It is too early to send the message again.",
        ],
        CannotResendWithin24hrs = "errors/cannot_resend_within_24hrs" => [
            422 GROUP_3: "The message can be sent again only after 24 hours.",
        ],
        LimitExceeded = "errors/limit_exceeded" => [
            422 GROUP_2: "A limit of the provider's is used up.",
            422 GROUP_4: "The provider's limit for sending is used up.",
        ],
        AlreadyInvitedRecently = "errors/already_invited_recently" => [
            422 GROUP_3: "The recipient had an invitation not long ago.",
        ],
        AlreadyConnected = "errors/already_connected" => [
            422 GROUP_3: "The recipient is a connection already.",
        ],
        CannotInviteAttendee = "errors/cannot_invite_attendee" => [
            422 GROUP_3: "It is not possible to invite the attendee.",
        ],
        ParentMailNotFound = "errors/parent_mail_not_found" => [
            422 GROUP_2: "There is no such parent mail.",
            422 GROUP_4: "There is no such parent email.",
        ],
        ParentMailInvalidProviderId = "errors/parent_mail_invalid_provider_id" => [
            422 GROUP_2: "The provider id of the parent mail is wrong.",
            422 GROUP_4: "The provider id of the parent email is wrong.",
        ],
        InvalidReplySubject = "errors/invalid_reply_subject" => [
            422 GROUP_3: "The subject of the reply is wrong.",
        ],
        InvalidHeaders = "errors/invalid_headers" => [
            422 GROUP_2: "There is something wrong with the headers.",
            422 GROUP_4: "There is something wrong with the headers of the message.",
        ],
        SendAsDenied = "errors/send_as_denied" => [
            422 GROUP_2: "There is no permission to send as somebody else.",
            422 GROUP_4: "The provider does not permit sending as somebody else.",
        ],
        InvalidFolder = "errors/invalid_folder" => [
            422 GROUP_2: "There is something wrong with the folder.",
            422 GROUP_4: "There is something wrong with the folder that the message is meant for.",
        ],
        InvalidThread = "errors/invalid_thread" => [
            422 GROUP_2: "There is something wrong with the thread.",
            422 GROUP_4: "There is something wrong with the thread that the message is meant for.",
        ],
        Unauthorized = "errors/unauthorized" => [
            422 GROUP_2: "There is no authorization for this.",
            422 GROUP_4: "The provider takes the request for unauthorized.",
        ],
        SenderRejected = "errors/sender_rejected" => [
            422 GROUP_2: "Further up the line the sender was turned away.",
            422 GROUP_4: "The provider turned the sender away.",
        ],
        RecipientRejected = "errors/recipient_rejected" => [
            422 GROUP_2: "Further up the line the recipient was turned away.",
            422 GROUP_4: "The provider turned the recipient away.",
        ],
        IpRejectedByServer = "errors/ip_rejected_by_server" => [
            422 GROUP_2: "A server turned away the IP address that the request came from.",
            422 GROUP_4: "The server further up the line turned away the sender's IP address.",
        ],
        ProviderUnreachable = "errors/provider_unreachable" => [
            422 GROUP_2: "The provider could not be reached.",
            422 GROUP_4: "The provider cannot be reached at present.",
        ],
        AccountConfigurationError = "errors/account_configuration_error" => [
            422 GROUP_3: "The account is not set up correctly.",
        ],
        CantSendMessage = "errors/cant_send_message" => [
            422 GROUP_2: "It is not possible to send the message.",
            422 GROUP_4: "It was not possible to send the message.",
        ],
        RealtimeClientNotInitialized = "errors/realtime_client_not_initialized" => [
            422 GROUP_3: "The realtime client has not been started.",
        ],
        CommentsDisabled = "errors/comments_disabled" => [
            422 GROUP_2: "Comments are turned off.",
            422 GROUP_4: "Comments are turned off for this resource.",
        ],
        InsufficientJobSlot = "errors/insufficient_job_slot" => [
            422 GROUP_2: "There is no free job slot.",
            422 GROUP_4: "No job slot is left for this message.",
        ],
        TooManyRequests = "errors/too_many_requests" => [
            429 GROUP_3: "The provider takes no further requests for now. Try again later.",
        ],
        FeatureNotImplemented = "errors/feature_not_implemented" => [
            501 GROUP_2: "The feature is on the way and does not exist yet.",
        ],
    }
}
