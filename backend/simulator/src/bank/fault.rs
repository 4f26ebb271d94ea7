//! Which fault a call meets.

use super::Account;
use crate::api::ServiceMode;
use crate::chance::Chance;

impl Account {
    /// The fault of the next status query about `order_number`; counts it.
    pub(crate) fn next_query_fault(&mut self, name: &str, order_number: &str, chance: Chance) -> ServiceMode {
        // A question about no order, such as a list, is counted by the account.
        let queries = match self.orders.get_mut(order_number) {
            Some(order) => &mut order.queries,
            None => &mut self.queries,
        };
        *queries += 1;
        let nth = *queries;
        if self.faults.query_mode != ServiceMode::Ok {
            let mode = self.faults.query_mode;
            if let Some(left) = &mut self.faults.query_times {
                if *left == 0 {
                    self.faults.query_mode = ServiceMode::Ok;
                    self.faults.query_times = None;
                    return ServiceMode::Ok;
                }
                *left -= 1;
            }
            return mode;
        }
        if chance.happens(
            self.faults.query_fail_rate,
            &["query", name, order_number, &nth.to_string()],
        ) {
            return self.faults.query_fail_mode;
        }
        ServiceMode::Ok
    }
}
