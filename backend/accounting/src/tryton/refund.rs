//! What a refund pays back: the line in the client's account that the payment made.
//!
//! Tryton pays back a line that is due. The payment's line is none, so a day is set for as long as the refund is a
//! draft, and taken away again, lest the rest of it stand in somebody's list of what is to be paid back. A line that
//! is settled against an invoice cannot be paid back: such a refund goes to what the company owes the client, and
//! waits there for the credit note.

use serde_json::{Value, json};

use super::document::{ENTRY, PAYMENT, id_of};
use super::fault::Fault;
use super::port::Tryton;
use super::post::Run;
use super::posting::Posting;
use super::rows::OwedRow;
use super::tags;

impl Tryton {
    /// The line that a refund pays back, made due; `None` for a payment, and where there is no open line.
    pub(super) async fn line_to_pay_back(&self, posting: &Posting, run: &Run) -> Result<Option<i64>, Fault> {
        let Some(document) = posting.pays_back.as_deref() else {
            return Ok(None);
        };
        let Some(entry) = self.entry_of(document, run).await? else {
            return Ok(None);
        };
        let domain = json!([
            ["move", "=", entry],
            ["move.company", "=", self.settings.company],
            ["move_state", "=", "posted"],
            ["account.type.receivable", "=", true],
            ["credit", ">", 0],
            ["party", "=", posting.party_id()],
        ]);
        let fields = ["reconciliation", "maturity_date"];
        let lines: Vec<OwedRow> = self
            .rpc
            .search("account.move.line", domain, (&fields, 2), run.at)
            .await?;
        let [line] = lines.as_slice() else {
            return Ok(None);
        };
        if line.reconciliation.is_some() {
            return Ok(None);
        }
        if line.maturity_date.is_none() {
            self.set_due(line.id, Some(tags::date(posting.date)), run).await?;
        }
        Ok(Some(line.id))
    }

    /// Says when a line is to be paid back, or that it is not.
    pub(super) async fn set_due(&self, line: i64, day: Option<Value>, run: &Run) -> Result<(), Fault> {
        let params = vec![json!([line]), json!({"maturity_date": day})];
        self.rpc
            .call("model.account.move.line.write", params, run.at)
            .await
            .map(drop)
    }

    /// The ledger entry of a document.
    async fn entry_of(&self, document: &str, run: &Run) -> Result<Option<i64>, Fault> {
        if let Some(entry) = id_of(document, ENTRY) {
            return Ok(Some(entry));
        }
        let Some(id) = id_of(document, PAYMENT) else {
            return Ok(None);
        };
        Ok(self.payment(id, run.at).await?.and_then(|row| row.clearing_move))
    }
}
