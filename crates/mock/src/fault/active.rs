//! The faults that are in force, and for which requests.

use std::time::Duration;

use super::{Alteration, Disruption, Fault, FaultKind, When};
use crate::Operation;

/// The faults that were injected and are not used up.
#[derive(Debug, Default)]
pub(crate) struct ActiveFaults(Vec<ActiveFault>);

#[derive(Debug)]
struct ActiveFault {
    fault: Fault,
    /// How many requests could have met it.
    seen: u64,
    /// How many met it.
    used: u64,
}

/// What is to happen to one request.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) latency: Duration,
    pub(crate) disruption: Option<Disruption>,
    /// The names of both.
    pub(crate) names: Vec<String>,
}

impl ActiveFaults {
    pub(crate) fn inject(&mut self, fault: Fault) {
        self.0.push(ActiveFault {
            fault,
            seen: 0,
            used: 0,
        });
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The faults that are not used up, with the requests that are left.
    pub(crate) fn pending(&self) -> Vec<Fault> {
        let left = self.0.iter().map(|active| {
            let mut fault = active.fault.clone();
            if let When::Times(times) = &mut fault.when {
                *times -= active.used;
            }
            fault
        });
        left.filter(|fault| fault.when != When::Times(0)).collect()
    }

    /// Counts a request, and says what is to happen to it.
    pub(crate) fn plan(&mut self, operation: Option<Operation>) -> Plan {
        let mut plan = Plan::default();
        for active in self.0.iter_mut().filter(|it| it.is_for(operation)) {
            let waits = match active.fault.kind {
                FaultKind::Latency(_) => false,
                // One disruption is enough.
                FaultKind::Disrupt(_) => plan.disruption.is_some(),
                FaultKind::Alter(_) => true,
            };
            if waits || !active.count() {
                continue;
            }
            plan.names.push(active.fault.kind.to_string());
            match &active.fault.kind {
                FaultKind::Latency(latency) => plan.latency += *latency,
                FaultKind::Disrupt(disruption) => plan.disruption = Some(disruption.clone()),
                FaultKind::Alter(_) => {}
            }
        }
        self.forget_used_up();
        plan
    }

    /// Has `alter` try each alteration that is in force on a response, and tells it whether it is this response's turn.
    /// Where an alteration finds nothing to change, `alter` returns false, and the response is not counted.
    pub(crate) fn alter(
        &mut self,
        operation: Option<Operation>,
        mut alter: impl FnMut(Alteration, &FaultKind, bool) -> bool,
    ) {
        for active in self.0.iter_mut().filter(|it| it.is_for(operation)) {
            if let FaultKind::Alter(alteration) = active.fault.kind
                && alter(alteration, &active.fault.kind, active.is_next())
            {
                active.count();
            }
        }
        self.forget_used_up();
    }

    /// Whether a response of the operation may be altered.
    pub(crate) fn alters(&self, operation: Option<Operation>) -> bool {
        let mut all = self.0.iter().filter(|it| it.is_for(operation));
        all.any(|active| matches!(active.fault.kind, FaultKind::Alter(_)))
    }

    fn forget_used_up(&mut self) {
        self.0.retain(|active| match active.fault.when {
            When::Times(times) => active.used < times,
            When::OneIn(_) => true,
        });
    }
}

impl ActiveFault {
    fn is_for(&self, operation: Option<Operation>) -> bool {
        self.fault.on.is_none() || self.fault.on == operation
    }

    /// Whether the next request meets the fault.
    fn is_next(&self) -> bool {
        match self.fault.when {
            When::Times(times) => self.used < times,
            When::OneIn(requests) => (self.seen + 1).is_multiple_of(requests),
        }
    }

    /// Counts a request, and says whether it meets the fault.
    fn count(&mut self) -> bool {
        let meets = self.is_next();
        self.seen += 1;
        self.used += u64::from(meets);
        meets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disrupted(faults: &mut ActiveFaults, requests: usize) -> Vec<bool> {
        (0..requests)
            .map(|_| faults.plan(None).disruption.is_some())
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
        assert_eq!(faults.plan(None).disruption, Some(Disruption::Hang));
        assert_eq!(faults.plan(None).disruption, Some(Disruption::BadGateway));
    }

    #[test]
    fn latencies_add_up_and_come_before_a_disruption() {
        let mut faults = ActiveFaults::default();
        faults.inject(Fault::latency(Duration::from_secs(1)));
        faults.inject(Fault::latency(Duration::from_secs(2)));
        faults.inject(Fault::hang());
        let plan = faults.plan(None);
        assert_eq!(
            (plan.latency, plan.disruption),
            (Duration::from_secs(3), Some(Disruption::Hang))
        );
    }

    #[test]
    fn requests_of_other_operations_do_not_count() {
        let mut faults = ActiveFaults::default();
        faults.inject(Fault::hang().on(Operation::SendMessage));
        assert_eq!(faults.plan(Some(Operation::ListChats)).disruption, None);
        assert_eq!(faults.plan(None).disruption, None);
        assert_eq!(
            faults.plan(Some(Operation::SendMessage)).disruption,
            Some(Disruption::Hang)
        );
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
        faults.alter(None, |_, _, _| false);
        assert_eq!(faults.pending(), [Fault::nulls()]);
        faults.alter(None, |_, _, due| due);
        assert_eq!(faults.pending(), []);
    }
}
