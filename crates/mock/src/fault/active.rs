//! The faults that are in force, and for which requests.

use super::{Fault, FaultKind, When};

/// The faults that were injected and are not used up, each with the number of requests that it could have met.
#[derive(Debug, Default)]
pub(crate) struct ActiveFaults(Vec<(Fault, u64)>);

impl ActiveFaults {
    pub(crate) fn inject(&mut self, fault: Fault) {
        self.0.push((fault, 0));
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The faults that are not used up, with the requests that are left.
    pub(crate) fn pending(&self) -> Vec<Fault> {
        let pending = self.0.iter().map(|(fault, _)| fault.clone());
        pending.filter(|it| it.when != When::Times(0)).collect()
    }

    /// The faults that a request meets: all latencies, and the first fault that decides how the request ends.
    pub(crate) fn plan(&mut self, operation: Option<&str>) -> Vec<FaultKind> {
        let mut plan: Vec<FaultKind> = Vec::new();
        self.count(operation, |kind, is_next| {
            let is_latency = matches!(kind, FaultKind::Latency(_));
            let counts = !kind.alters()
                && (is_latency || plan.iter().all(|it| matches!(it, FaultKind::Latency(_))));
            if counts && is_next {
                plan.push(kind.clone());
            }
            counts
        });
        plan
    }

    /// Has `counts` look at each fault for requests of the operation, and tells it whether it is this request's turn.
    /// Only where it returns true is the request one that the fault counts.
    pub(crate) fn count(
        &mut self,
        operation: Option<&str>,
        mut counts: impl FnMut(&FaultKind, bool) -> bool,
    ) {
        for (fault, seen) in &mut self.0 {
            let is_next = match fault.when {
                When::Times(left) => left > 0,
                When::OneIn(requests) => (*seen + 1).is_multiple_of(requests),
            };
            let is_for = fault.on.is_none() || fault.on.as_deref() == operation;
            if is_for && counts(&fault.kind, is_next) {
                *seen += 1;
                if let When::Times(left) = &mut fault.when {
                    *left = left.saturating_sub(1);
                }
            }
        }
        self.0.retain(|(fault, _)| fault.when != When::Times(0));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn disrupted(faults: &mut ActiveFaults, requests: usize) -> Vec<bool> {
        (0..requests)
            .map(|_| !faults.plan(None).is_empty())
            .collect()
    }

    #[test]
    fn a_fault_is_for_the_next_requests_and_then_gone() {
        let mut faults = ActiveFaults::default();
        faults.inject(Fault::hang().times(2));
        assert_eq!(disrupted(&mut faults, 4), [true, true, false, false]);
        assert_eq!(faults.pending(), []);
    }

    #[test]
    fn a_fault_for_one_in_three_is_for_every_third() {
        let mut faults = ActiveFaults::default();
        faults.inject(Fault::hang().one_in(3));
        assert_eq!(
            disrupted(&mut faults, 6),
            [false, false, true, false, false, true]
        );
    }

    #[test]
    fn of_two_disruptions_the_first_is_in_force_and_the_other_waits() {
        let mut faults = ActiveFaults::default();
        faults.inject(Fault::hang());
        faults.inject(Fault::bad_gateway());
        assert_eq!(faults.plan(None), [FaultKind::Hang]);
        assert_eq!(faults.plan(None), [FaultKind::BadGateway]);
    }

    #[test]
    fn all_latencies_are_met_beside_a_disruption() {
        let mut faults = ActiveFaults::default();
        let [one, two] = [1, 2].map(Duration::from_secs);
        faults.inject(Fault::latency(one));
        faults.inject(Fault::hang());
        faults.inject(Fault::latency(two));
        let plan = [
            FaultKind::Latency(one),
            FaultKind::Hang,
            FaultKind::Latency(two),
        ];
        assert_eq!(faults.plan(None), plan);
    }

    #[test]
    fn requests_of_other_operations_do_not_count() {
        let mut faults = ActiveFaults::default();
        faults.inject(Fault::hang().on("sendMessage"));
        assert_eq!(faults.plan(Some("listChats")), []);
        assert_eq!(faults.plan(None), []);
        let sent = faults.plan(Some("sendMessage"));
        assert_eq!(sent, [FaultKind::Hang]);
    }

    #[test]
    fn what_is_pending_tells_how_many_requests_are_left() {
        let mut faults = ActiveFaults::default();
        faults.inject(Fault::hang().times(3));
        faults.plan(None);
        assert_eq!(faults.pending(), [Fault::hang().times(2)]);
    }

    #[test]
    fn an_alteration_that_cannot_show_is_kept_for_later() {
        let mut faults = ActiveFaults::default();
        faults.inject(Fault::nulls());
        faults.count(None, |_, _| false);
        assert_eq!(faults.pending(), [Fault::nulls()]);
        faults.count(None, |_, is_next| is_next);
        assert_eq!(faults.pending(), []);
    }
}
