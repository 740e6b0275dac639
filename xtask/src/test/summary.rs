//! How it went: how each step ended, and how many tests ran.

use std::time::Duration;

use super::steps::Step;
use crate::report;

/// How a step ended.
pub(super) enum Outcome {
    Passed,
    Failed,
    /// The program that is not there.
    Skipped(&'static str),
}

pub(super) struct Finished {
    pub(super) step: &'static Step,
    pub(super) outcome: Outcome,
    pub(super) time: Duration,
    pub(super) tests: Tests,
}

/// Totals of the lines in which each test program says how it ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tests {
    passed: usize,
    failed: usize,
    ignored: usize,
}

impl Tests {
    pub(super) fn count(&mut self, line: &str) {
        // test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s
        let Some((_, result)) = line.split_once("test result: ") else {
            return;
        };
        let words: Vec<&str> = result.split_whitespace().collect();
        for pair in words.windows(2) {
            let total = match pair[1] {
                "passed;" => &mut self.passed,
                "failed;" => &mut self.failed,
                "ignored;" => &mut self.ignored,
                _ => continue,
            };
            *total += pair[0].parse::<usize>().unwrap_or(0);
        }
    }
}

/// A line for each step, and their number by outcome.
pub(super) fn summary(finished: &[Finished]) -> String {
    let mut text = String::from("Summary\n");
    let [mut passed, mut failed, mut skipped] = [0; 3];
    for Finished {
        step,
        outcome,
        time,
        tests,
    } in finished
    {
        let time = report::time(*time);
        let (number, state, mut detail) = match outcome {
            Outcome::Passed => (&mut passed, "ok", time),
            Outcome::Failed => (&mut failed, "FAILED", format!("{time}: {}", step.typed())),
            Outcome::Skipped(program) => (
                &mut skipped,
                "skipped",
                format!("{program} is not installed"),
            ),
        };
        *number += 1;
        if *tests != Tests::default() {
            let Tests {
                passed,
                failed,
                ignored,
            } = tests;
            detail += &format!("; {passed} passed, {failed} failed, {ignored} ignored");
        }
        text += &format!("  {state:<8} {:<10} {detail}\n", step.name);
    }
    text + &format!("{passed} passed, {failed} failed, {skipped} skipped\n")
}

#[cfg(test)]
mod tests {
    use super::super::steps::STEPS;
    use super::*;

    #[test]
    fn results_of_all_test_programs_are_added_up() {
        let mut tests = Tests::default();
        tests.count("running 2 tests\n");
        tests.count("test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n");
        tests.count("test result: \u{1b}[31mFAILED\u{1b}(B\u{1b}[m. 5 passed; 3 failed; 0 ignored; 0 measured\n");
        assert_eq!(
            tests,
            Tests {
                passed: 7,
                failed: 3,
                ignored: 1
            }
        );
    }

    #[test]
    fn the_summary_names_the_command_that_failed_and_the_program_that_is_missing() {
        let step = |name: &str| STEPS.iter().find(|step| step.name == name).unwrap();
        let finished = |name, outcome, passed| Finished {
            step: step(name),
            outcome,
            time: Duration::from_millis(1500),
            tests: Tests {
                passed,
                failed: 0,
                ignored: 0,
            },
        };
        let text = summary(&[
            finished("format", Outcome::Failed, 0),
            finished("redocly", Outcome::Skipped("redocly"), 0),
            finished("tests", Outcome::Passed, 12),
        ]);
        assert_eq!(
            text,
            "Summary\n  \
               FAILED   format     1.5 s: cargo fmt --all --check\n  \
               skipped  redocly    redocly is not installed\n  \
               ok       tests      1.5 s; 12 passed, 0 failed, 0 ignored\n\
             1 passed, 1 failed, 1 skipped\n"
        );
    }
}
