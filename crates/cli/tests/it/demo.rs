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
    let steps = count("\n$ postpress ");
    for step in 1..=steps {
        let title = format!("\n{step}. ");
        assert_eq!(count(&title), 1, "{step} is missing in {demo}");
    }
    for api in ["classic", "recruiter", "sales_navigator"] {
        assert_eq!(count(&format!("  > {api}\n")), 1, "{demo}");
    }
    // The error, the busy service and the broken connection are part of it; nothing else fails.
    assert_eq!(
        (count("(exit code 4)"), count("(exit code 5)")),
        (1, 1),
        "{demo}"
    );
    let (busy, broken) = (count("< HTTP/1.1 429 "), count("< (no response)"));
    assert_eq!((busy, broken), (1, 1), "{demo}");
    // A request for each step, and one more for the busy service.
    assert_eq!(count(" HTTP/1.1\n"), steps + busy, "{demo}");
    assert_eq!(count("< HTTP/1.1 "), steps + busy - broken, "{demo}");
    assert_eq!(count("✔ "), count("< HTTP/1.1 201 "), "{demo}");
    assert_eq!(count("(exit code "), 2, "{demo}");
}
