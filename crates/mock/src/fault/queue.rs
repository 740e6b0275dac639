//! The faults that are in force, and for which request each is.

use std::time::Duration;

use super::{Alteration, End, Fault, Kind, When};
use crate::Operation;

/// The faults that were injected and are not used up.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    fault: Fault,
    /// How many requests it was for or passed by.
    seen: u64,
    /// How many it was for.
    used: u64,
}

/// What is to happen to one request.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) latency: Duration,
    pub(crate) end: Option<End>,
    /// The names of both.
    pub(crate) names: Vec<String>,
}

impl Faults {
    pub(crate) fn inject(&mut self, fault: Fault) {
        self.0.push(Rule {
            fault,
            seen: 0,
            used: 0,
        });
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// What is still to come, with the requests that are left.
    pub(crate) fn pending(&self) -> Vec<Fault> {
        let left = self.0.iter().map(|rule| {
            let mut fault = rule.fault.clone();
            if let When::Times(times) = &mut fault.when {
                *times -= rule.used;
            }
            fault
        });
        left.filter(|fault| fault.when != When::Times(0)).collect()
    }

    /// Counts a request, and says what is to happen to it.
    pub(crate) fn plan(&mut self, operation: Option<Operation>) -> Plan {
        let mut plan = Plan::default();
        for rule in self.0.iter_mut().filter(|rule| rule.is_for(operation)) {
            match &rule.fault.kind {
                Kind::Latency(latency) => {
                    let latency = *latency;
                    if rule.is_due() {
                        plan.latency += latency;
                        plan.names.push(rule.fault.kind.to_string());
                    }
                }
                // One end is enough.
                Kind::End(_) if plan.end.is_some() => {}
                Kind::End(end) => {
                    let end = end.clone();
                    if rule.is_due() {
                        plan.names.push(end.to_string());
                        plan.end = Some(end);
                    }
                }
                Kind::Alter(_) => {}
            }
        }
        self.forget_used_up();
        plan
    }

    /// Lets `alter` try each alteration that may be due for an answer. Where it changes nothing, it returns false, and
    /// the answer is not counted.
    pub(crate) fn alter(
        &mut self,
        operation: Option<Operation>,
        mut alter: impl FnMut(Alteration, bool) -> bool,
    ) {
        for rule in self.0.iter_mut().filter(|rule| rule.is_for(operation)) {
            let Kind::Alter(alteration) = rule.fault.kind else {
                continue;
            };
            if alter(alteration, rule.would_be_due()) {
                rule.is_due();
            }
        }
        self.forget_used_up();
    }

    /// Whether any alteration could be due for an answer of the operation.
    pub(crate) fn alters(&self, operation: Option<Operation>) -> bool {
        let mut rules = self.0.iter();
        rules.any(|rule| rule.is_for(operation) && matches!(rule.fault.kind, Kind::Alter(_)))
    }

    fn forget_used_up(&mut self) {
        self.0.retain(|rule| match rule.fault.when {
            When::Times(times) => rule.used < times,
            When::OneIn(_) => true,
        });
    }
}

impl Rule {
    fn is_for(&self, operation: Option<Operation>) -> bool {
        self.fault.on.is_none() || self.fault.on == operation
    }

    fn would_be_due(&self) -> bool {
        match self.fault.when {
            When::Times(times) => self.used < times,
            When::OneIn(requests) => (self.seen + 1).is_multiple_of(requests),
        }
    }

    /// Counts a request, and says whether the fault is for it.
    fn is_due(&mut self) -> bool {
        let due = self.would_be_due();
        self.seen += 1;
        self.used += u64::from(due);
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(faults: &mut Faults, requests: usize) -> Vec<bool> {
        (0..requests)
            .map(|_| faults.plan(None).end.is_some())
            .collect()
    }

    #[test]
    fn a_fault_is_for_the_next_requests_and_then_gone() {
        let mut faults = Faults::default();
        faults.inject(Fault::hang().times(2));
        assert_eq!(ends(&mut faults, 4), [true, true, false, false]);
        assert_eq!(faults.pending(), []);
    }

    #[test]
    fn a_fault_for_one_in_three_is_for_every_third() {
        let mut faults = Faults::default();
        faults.inject(Fault::hang().one_in(3));
        assert_eq!(
            ends(&mut faults, 6),
            [false, false, true, false, false, true]
        );
    }

    #[test]
    fn of_two_ends_the_first_is_in_force_and_the_other_waits() {
        let mut faults = Faults::default();
        faults.inject(Fault::hang());
        faults.inject(Fault::bad_gateway());
        assert_eq!(faults.plan(None).end, Some(End::Hang));
        assert_eq!(faults.plan(None).end, Some(End::BadGateway));
    }

    #[test]
    fn latencies_add_up_and_come_before_an_end() {
        let mut faults = Faults::default();
        faults.inject(Fault::latency(Duration::from_secs(1)));
        faults.inject(Fault::latency(Duration::from_secs(2)));
        faults.inject(Fault::hang());
        let plan = faults.plan(None);
        assert_eq!(
            (plan.latency, plan.end),
            (Duration::from_secs(3), Some(End::Hang))
        );
    }

    #[test]
    fn requests_of_other_operations_do_not_count() {
        let mut faults = Faults::default();
        faults.inject(Fault::hang().on(Operation::SendMessage));
        assert_eq!(faults.plan(Some(Operation::ListChats)).end, None);
        assert_eq!(faults.plan(None).end, None);
        assert_eq!(
            faults.plan(Some(Operation::SendMessage)).end,
            Some(End::Hang)
        );
    }

    #[test]
    fn what_is_pending_tells_how_many_requests_are_left() {
        let mut faults = Faults::default();
        faults.inject(Fault::hang().times(3));
        faults.plan(None);
        assert_eq!(faults.pending(), [Fault::hang().times(2)]);
    }

    #[test]
    fn an_alteration_that_cannot_show_is_kept_for_later() {
        let mut faults = Faults::default();
        faults.inject(Fault::nulls());
        faults.alter(None, |_, _| false);
        assert_eq!(faults.pending(), [Fault::nulls()]);
        faults.alter(None, |_, due| due);
        assert_eq!(faults.pending(), []);
    }
}
