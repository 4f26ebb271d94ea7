"""Company, chart of accounts, journals, clients and the API user, through Tryton's own client library."""
import datetime as dt
import json
import sys
from decimal import Decimal

from proteus import Model, Wizard, config

db, conf, password = sys.argv[1:]
cfg = config.set_trytond(db, user="admin", config_file=conf)

Party = Model.get("party.party")
Currency = Model.get("currency.currency")
rub = Currency(name="Российский рубль", symbol="₽", code="RUB", rounding=Decimal("0.01"), digits=2)
rub.save()

company_party = Party(name="ООО «Фитнес Тест»")
company_party.save()
wizard = Wizard("company.company.config")
wizard.execute("company")
wizard.form.party = company_party
wizard.form.currency = rub
wizard.form.timezone = "Europe/Moscow"
wizard.execute("add")
User = Model.get("res.user")
cfg._context = User.get_preferences(True, {})
company, = Model.get("company.company").find()

# chart of accounts: the universal one that ships inside trytond_account
Data = Model.get("ir.model.data")
template = Model.get("account.account.template")(
    Data.get_id("account.account_template_root_en", cfg.context))
chart = Wizard("account.create_chart")
chart.execute("account")
chart.form.account_template = template
chart.form.company = company
chart.execute("create_account")
Account = Model.get("account.account")


def account(code):
    found, = Account.find([("code", "=", code), ("company", "=", company.id)])
    return found


receivable, payable = account("1.2.1"), account("2.1.1")
bank, transit = account("1.1.1"), account("1.1.3")
chart.form.account_receivable = receivable
chart.form.account_payable = payable
for field, code in (("category_account_expense", "5.1.1"), ("category_account_revenue", "4.1.2")):
    if hasattr(chart.form, field):
        try:
            setattr(chart.form, field, account(code))
        except Exception:
            pass
chart.execute("create_properties")

# fiscal years: last, this and next calendar year, with monthly periods
FiscalYear = Model.get("account.fiscalyear")
Sequence = Model.get("ir.sequence")
Strict = Model.get("ir.sequence.strict")
SequenceType = Model.get("ir.sequence.type")
move_type, = SequenceType.find([("name", "=", "Account Move")], limit=1)
invoice_type, = SequenceType.find([("name", "=", "Invoice")], limit=1)
this_year = dt.date.today().year
for year in (this_year - 1, this_year, this_year + 1):
    sequence = Strict(name=f"Moves {year}", sequence_type=move_type, company=company, prefix=f"{year}-")
    sequence.save()
    fiscal = FiscalYear(name=str(year), company=company, start_date=dt.date(year, 1, 1),
                        end_date=dt.date(year, 12, 31), move_sequence=sequence)
    if hasattr(fiscal, "invoice_sequences"):
        invoice_sequence = Strict(name=f"Invoices {year}", sequence_type=invoice_type, company=company)
        invoice_sequence.save()
        line = fiscal.invoice_sequences[0] if fiscal.invoice_sequences else fiscal.invoice_sequences.new()
        for name in ("out_invoice", "out_credit_note", "in_invoice", "in_credit_note"):
            setattr(line, f"{name}_sequence", invoice_sequence)
    fiscal.save()
    fiscal.click("create_period")

# journals
Journal = Model.get("account.journal")
acquiring = Journal(name="Acquiring", code="ACQ", type="cash")
acquiring.save()
PaymentJournal = Model.get("account.payment.journal")
payment_journal = PaymentJournal(
    name="Acquiring", company=company, currency=rub, process_method="manual",
    clearing_account=transit, clearing_journal=acquiring)
payment_journal.save()

# a user for the integration: accounting and payment rights, this company only, no administration
Group = Model.get("res.group")
groups = Group.find([("name", "in", ["Accounting", "Payment", "Payment Approval", "Party Administration"])])
api = User(name="Payments API", login="payments-api", password=open(password).read())
for group in groups:
    api.groups.append(group)
api.companies.append(company)
api.company = company
api.save()

json.dump({
    "company": company.id, "payment_journal": payment_journal.id, "journal": acquiring.id, "receivable": receivable.id,
    "transit": transit.id,
}, sys.stdout)
