//! The tour.

use crate::support::{postpress, run};

#[test]
fn it_walks_through_the_product_and_nothing_in_it_goes_wrong_unasked() {
    let demo = run(&mut postpress(["demo"]));
    assert_eq!(demo.code, 0, "{demo:#?}");
    // What a listing says beside its result; errors are part of the tour.
    assert!(
        demo.stderr
            .lines()
            .all(|line| line.starts_with("There are more")),
        "{}",
        demo.stderr
    );
    let demo = demo.stdout;
    let count = |text: &str| demo.matches(text).count();
    for step in 1..=9 {
        assert!(
            demo.contains(&format!("\n{step}. ")),
            "{step} is missing in {demo}"
        );
    }
    // Nine steps, one of them with two attempts.
    assert_eq!(count(" HTTP/1.1\n"), 10, "{demo}");
    for api in ["classic", "recruiter", "sales_navigator"] {
        assert_eq!(count(&format!("  > {api}\n")), 1, "{demo}");
    }
    // The error, the busy service and the broken connection are part of it; nothing else fails.
    assert_eq!(
        (
            count("(exit code "),
            count("(exit code 4)"),
            count("(exit code 5)")
        ),
        (2, 1, 1),
        "{demo}"
    );
    assert_eq!(
        (count("< HTTP/1.1 429 "), count("< (no answer)")),
        (1, 1),
        "{demo}"
    );
    assert_eq!(count("✔ "), 5, "{demo}");
}
