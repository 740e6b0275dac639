//! Clients and their settings.

use std::{env, time::Duration};

use postpress::{Postpress, Upload};

use crate::{
    clock::stop_clock,
    server::{KEY, Reply, Server, http, page},
};

#[test]
fn a_client_can_be_shared() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<Postpress>();
    fn send<T: Send>(_: T) {}
    let client = Postpress::new(KEY).unwrap();
    send(client.list_chats().into_future());
    send(client.send_message("c").into_future());
}

#[tokio::test]
async fn both_documented_paths_work_with_and_without_a_slash_at_the_end() {
    let server = Server::always(page(&[], None)).await;
    let origin = server.url().trim_end_matches("/v1").to_owned();
    for base in ["/v1", "/v1/", "/api/v1", "/api/v1//", ""] {
        let client = server.settings().base_url(format!(" {origin}{base} "));
        client.build().unwrap().list_chats().await.unwrap();
        let target = server.requests().pop().unwrap().target;
        assert_eq!(target, format!("{}/chats", base.trim_end_matches('/')));
    }
}

#[tokio::test]
async fn key_and_user_agent_are_sent() {
    let server = Server::always(page(&[], None)).await;
    let settings = server
        .settings()
        .api_key(format!(" {KEY}\n"))
        .user_agent("my-crm/2.1");
    settings.build().unwrap().list_chats().await.unwrap();
    let request = server.only_request();
    assert_eq!(request.header("x-api-key"), Some(KEY));
    assert_eq!(request.header("accept"), Some("application/json"));
    let user_agent = request.header("user-agent").unwrap();
    assert!(
        user_agent.starts_with("my-crm/2.1 postpress-rs/"),
        "{user_agent}"
    );
}

#[test]
fn what_cannot_work_is_refused_by_build() {
    let settings = || Postpress::builder().api_key(KEY);
    for (name, settings) in [
        ("no key", Postpress::builder()),
        ("a blank key", Postpress::builder().api_key(" \n")),
        (
            "a key with a line break",
            Postpress::builder().api_key("a\nb"),
        ),
        ("no URL", settings().base_url("postpress")),
        ("a query", settings().base_url("https://a.example/?x=1")),
        ("another scheme", settings().base_url("file:///etc/passwd")),
        ("a proxy that is none", settings().proxy("not a proxy")),
        (
            "a proxy with a password",
            settings().proxy("socks5://user:secret@"),
        ),
        ("clear text", settings().base_url("http://a.example")),
        (
            "clear text by proxy",
            settings()
                .base_url("http://localhost")
                .proxy("http://proxy.example"),
        ),
        (
            "a user agent with a line break",
            settings().user_agent("a\nb"),
        ),
    ] {
        let error = settings.build().expect_err(name);
        assert!(error.is_configuration(), "{name}: {error}");
        assert!(
            !format!("{error} {error:?}").contains("secret"),
            "{name}: {error}"
        );
    }
    assert!(
        settings()
            .base_url("http://a.example")
            .allow_clear_text()
            .build()
            .is_ok()
    );
}

#[tokio::test]
async fn an_own_http_client_is_used() {
    let server = Server::always(page(&[], None)).await;
    let own = || reqwest::Client::builder().user_agent("own/1").no_proxy();
    let settings = || server.settings().http_client_builder(own());
    settings().build().unwrap().list_chats().await.unwrap();
    let renamed = settings().user_agent("other/2");
    renamed.build().unwrap().list_chats().await.unwrap();
    let requests = server.requests();
    let names: Vec<_> = requests
        .iter()
        .map(|request| request.header("user-agent").unwrap())
        .collect();
    assert_eq!(names, ["own/1", "other/2"]);
}

#[tokio::test]
async fn a_proxy_gets_the_requests() {
    let proxy = Server::always(page(&[], None)).await;
    let address = proxy.url().trim_end_matches("/v1").to_owned();
    let client = proxy
        .settings()
        .base_url("http://127.0.0.1:9/v1")
        .proxy(address);
    client.build().unwrap().list_chats().await.unwrap();
    assert_eq!(proxy.only_request().target, "http://127.0.0.1:9/v1/chats");
}

#[tokio::test]
async fn a_send_is_not_cut_by_the_time_limit_of_reads() {
    let _clock = stop_clock();
    let response = http(
        "201 Created",
        &[],
        r#"{"object": "MessageSent", "message_id": "m"}"#,
    );
    let server = Server::always(Reply::After(Duration::from_secs(20), response)).await;
    let settings = server.settings().read_timeout(Duration::from_secs(10));
    let client = settings.build().unwrap();
    assert!(client.send_message("c").text("Hello").await.is_ok());
    assert!(client.list_chats().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_send_has_sixty_seconds_and_ten_more_for_each_mebibyte() {
    let _clock = stop_clock();
    let sent = r#"{"object": "MessageSent", "message_id": "m"}"#;
    for (seconds, mebibytes, is_enough) in
        [(59, 0, true), (61, 0, false), (79, 2, true), (81, 2, false)]
    {
        let reply = http("201 Created", &[], sent);
        let server = Server::always(Reply::After(Duration::from_secs(seconds), reply)).await;
        let mut call = server.client().send_message("c").text("Hello");
        if mebibytes > 0 {
            // The form is some bytes longer, which count for nothing.
            call = call.attach(Upload::bytes(vec![0; mebibytes << 20]));
        }
        let result = call.await;
        assert_eq!(
            result.is_ok(),
            is_enough,
            "{seconds} s, {mebibytes} MiB: {result:?}"
        );
    }
}

#[tokio::test]
async fn a_deadline_ends_a_call_that_has_time_left_otherwise() {
    let _clock = stop_clock();
    let reply = http(
        "201 Created",
        &[],
        r#"{"object": "MessageSent", "message_id": "m"}"#,
    );
    let server = Server::always(Reply::After(Duration::from_secs(20), reply)).await;
    let send = |client: Postpress| client.send_message("c").text("Hello");
    let deadline = Duration::from_secs(10);
    let error = send(server.client()).deadline(deadline).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    let settings = server.settings().deadline(deadline);
    let error = send(settings.build().unwrap()).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(send(server.client()).deadline(deadline * 3).await.is_ok());
}

#[test]
fn a_proxy_of_the_environment_gets_nothing_that_is_for_this_machine() {
    // Setting variables is unsafe where threads are, so this test starts itself again with them.
    if let Ok(base_url) = env::var("POSTPRESS_TEST_CHILD") {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let client = Postpress::builder()
            .api_key(KEY)
            .base_url(base_url)
            .build()
            .unwrap();
        runtime
            .block_on(async { client.list_chats().await })
            .unwrap();
        return;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (server, proxy) = runtime.block_on(async {
        (
            Server::always(page(&[], None)).await,
            Server::always(page(&[], None)).await,
        )
    });
    let output = std::process::Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "configuration::a_proxy_of_the_environment_gets_nothing_that_is_for_this_machine",
        ])
        .env("POSTPRESS_TEST_CHILD", server.url())
        .envs(
            ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"].map(|name| (name, proxy.url())),
        )
        .env_remove("no_proxy")
        .env_remove("NO_PROXY")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
    assert_eq!((server.requests().len(), proxy.requests().len()), (1, 0));
}

#[test]
fn the_environment_is_read_in_another_process() {
    // Setting variables is unsafe where threads are, so this test starts itself again with them.
    if env::var("POSTPRESS_TEST_CHILD").is_ok() {
        let client = Postpress::from_env().unwrap();
        assert_eq!(client.base_url(), "http://127.0.0.1:9/api/v1");
        let own = Postpress::builder().base_url("https://other.example").env();
        assert_eq!(own.build().unwrap().base_url(), "https://other.example");
        return;
    }
    run_again(
        "the_environment_is_read_in_another_process",
        &[
            (postpress::API_KEY_VARIABLE, KEY),
            (postpress::BASE_URL_VARIABLE, "http://127.0.0.1:9/api/v1/"),
        ],
    );
}

/// Runs a test of this module in another process with these environment variables.
fn run_again(test: &str, variables: &[(&str, &str)]) {
    let output = std::process::Command::new(env::current_exe().unwrap())
        .args(["--exact", &format!("configuration::{test}")])
        .env("POSTPRESS_TEST_CHILD", "1")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_of_the_environment_never_gets_the_key() {
    if env::var("POSTPRESS_TEST_CHILD").is_ok() {
        let target = env::var("TARGET").unwrap();
        let list = async |base_url: &str| {
            let client = postpress_client::Client::new(base_url).unwrap();
            let client = client.with_api_key(KEY).unwrap();
            client.list_chats(&Default::default()).await.is_ok()
        };
        assert!(list(&target).await);
        assert!(
            !list("https://api.example/v1").await,
            "the proxy connects nobody"
        );
        let settings = Postpress::builder().api_key(KEY).base_url(target);
        for settings in [
            settings.http_client_builder(reqwest::Client::builder()),
            Postpress::builder()
                .api_key(KEY)
                .base_url(env::var("TARGET").unwrap()),
        ] {
            settings.build().unwrap().list_chats().await.unwrap();
        }
        return;
    }
    let target = Server::always(page(&[], None)).await;
    let proxy = Server::always(Reply::CloseAfterHead).await;
    let (target_url, proxy_url) = (target.url(), proxy.url());
    let run = move || {
        let mut variables = vec![("TARGET", &*target_url), ("NO_PROXY", ""), ("no_proxy", "")];
        let names = [
            "HTTP_PROXY",
            "http_proxy",
            "HTTPS_PROXY",
            "https_proxy",
            "ALL_PROXY",
            "all_proxy",
        ];
        variables.extend(names.map(|name| (name, &*proxy_url)));
        run_again("a_proxy_of_the_environment_never_gets_the_key", &variables);
    };
    tokio::task::spawn_blocking(run).await.unwrap();
    assert_eq!(target.requests().len(), 3);
    let request = proxy.only_request();
    assert_eq!(
        (&*request.method, &*request.target),
        ("CONNECT", "api.example:443")
    );
    assert_eq!(request.header("x-api-key"), None);
}

#[tokio::test]
async fn names_under_localhost_are_this_machine_whatever_a_resolver_says() {
    let server = Server::always(page(&[], None)).await;
    for name in ["localhost", "a.localhost", "a.localhost."] {
        let elsewhere = "192.0.2.1:0".parse().unwrap();
        let http = reqwest::Client::builder().resolve(name, elsewhere);
        let base_url = server.url().replace("127.0.0.1", name);
        let settings = server.settings().base_url(base_url);
        let client = settings.http_client_builder(http).build().unwrap();
        client.list_chats().await.unwrap();
    }
    assert_eq!(server.requests().len(), 3);

    // A proxy of that name is on this machine, too.
    let elsewhere = "192.0.2.1:0".parse().unwrap();
    let http = reqwest::Client::builder().resolve("proxy.localhost", elsewhere);
    let proxy = server.url().replace("127.0.0.1", "proxy.localhost");
    let settings = server
        .settings()
        .base_url("http://127.0.0.1:9")
        .proxy(proxy);
    let client = settings.http_client_builder(http).build().unwrap();
    client.list_chats().await.unwrap();
    assert_eq!(server.requests().len(), 4);
}
