//! One call of a bank's API under the faults of its account.

use actix_web::{HttpRequest, HttpResponse};

use crate::api::{Bank, ServiceMode};
use crate::fault::Fault;
use crate::simulator::Simulator;

/// A call that came in: what every bank's calls have in common.
#[derive(Clone, Copy)]
pub(crate) struct Service<'a> {
    pub(crate) simulator: &'a Simulator,
    pub(crate) request: &'a HttpRequest,
    pub(crate) bank: Bank,
    pub(crate) account: &'a str,
    /// The bank's own "system error".
    pub(crate) system_error: fn() -> HttpResponse,
}

impl Service<'_> {
    /// Answers a question about one order. Faults do not ask who calls, so `run` checks the credentials.
    pub(crate) async fn query(self, order_number: &str, run: impl FnOnce() -> HttpResponse) -> HttpResponse {
        let chance = self.simulator.chance();
        let mode = self
            .simulator
            .world()
            .account(self.bank, self.account)
            .map(|books| books.next_query_fault(self.account, order_number, chance));
        self.answer(mode.unwrap_or_default(), run).await
    }

    /// Does an operation.
    pub(crate) async fn operation(self, run: impl FnOnce() -> HttpResponse) -> HttpResponse {
        let mode = self
            .simulator
            .world()
            .account(self.bank, self.account)
            .map(|books| books.faults.operation_mode);
        self.answer(mode.unwrap_or_default(), run).await
    }

    async fn answer(self, mode: ServiceMode, run: impl FnOnce() -> HttpResponse) -> HttpResponse {
        let hang_ms = self
            .simulator
            .world()
            .account(self.bank, self.account)
            .map_or(0, |books| books.faults.hang_ms);
        let fault = Fault { mode, hang_ms };
        if let Some(instead) = fault.instead(self.request, self.system_error).await {
            return instead;
        }
        fault.afterwards(self.request, run()).await
    }
}
