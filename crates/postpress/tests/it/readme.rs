//! The test that the README shows.

mod example;

#[test]
fn the_test_in_the_readme_is_one_that_runs() {
    let readme = include_str!("../../README.md");
    assert!(readme.contains(include_str!("readme/example.rs")));
}
