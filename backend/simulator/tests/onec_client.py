"""Drives the simulator's 1C base through python-1c-odata, which knows nothing of Sverka.

    onec_client.py URL before     an empty base: create, find, post, refuse
    onec_client.py URL after      the same base after it was killed
"""

import asyncio
import json
import sys
import urllib.request
from datetime import datetime

from python_1c_odata import (
    Catalog,
    ConcurrencyError,
    Document,
    EntityNotFound,
    F,
    Infobase,
    ODataError,
    PostingMode,
    cast,
    guid,
    startswith,
    substringof,
)

KEY = "0d4a79cb-9843-4147-bcd9-80ac3ca2b9c7"
DRAFT = "0d4a79cb-9843-4147-bcd9-80ac3ca2b9c8"
MARIA = "5a1d0c00-0000-4000-8000-000000000001"
NAME = "ПоступлениеБезналичныхДенежныхСредств"
ENTITY = f"Document_{NAME}"

checks = 0


def same(what, got, wanted):
    global checks
    checks += 1
    if got != wanted:
        sys.exit(f"onec_client: {what}: got {got!r}, wanted {wanted!r}")


async def refused(what, call, kind, status, code):
    global checks
    checks += 1
    try:
        await call
    except kind as error:
        got = (error.status, error.internal_code)
        if got != (status, code):
            sys.exit(f"onec_client: {what}: refused with {got}, wanted {(status, code)}: {error}")
        return str(error)
    sys.exit(f"onec_client: {what}: was not refused")


def control(url, method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{url}/control/{path}", data, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def payment(key, amount, comment):
    return {
        "Ref_Key": key,
        "Date": "2026-11-24T10:00:00",
        "Контрагент_Key": MARIA,
        "СуммаДокумента": amount,
        "Комментарий": comment,
        "РасшифровкаПлатежа": [{"LineNumber": 1, "Сумма": amount}],
        "НетТакогоРеквизита": "пропадёт",
    }


async def metadata(base):
    names = await base.entity_sets()
    for name in (ENTITY, f"{ENTITY}_РасшифровкаПлатежа", "Catalog_Контрагенты"):
        same(f"{name} is published", name in names, True)
    kind = await base.entity_type_for_set(ENTITY)
    same("the key", kind.keys, ("Ref_Key",))
    types = {one.name: one.type for one in kind.properties}
    same("the sum", types["СуммаДокумента"], "Edm.Double")
    same("the client", types["Контрагент_Key"], "Edm.Guid")
    same("the link to the client", "Контрагент" in kind.navigation_properties, True)


async def clients(base):
    catalog = Catalog(base, "Контрагенты")
    found = await catalog.query(odata_filter=F("НомерТелефонаДляПоиска") == "+79161234501", select=["Ref_Key", "Description"])
    same("one by phone", found.value, [{"Ref_Key": MARIA, "Description": "Соколова Мария Андреевна"}])
    shared = await catalog.query(odata_filter=F("КонтактнаяИнформация").any(F("НомерТелефона") == "79161234503"))
    same("two share a phone", len(shared.value), 2)
    same("all", await catalog.count(), 5)
    ordered = [row["Description"] async for row in catalog.build().select(["Description"]).orderby("Description desc").iterate(page_size=2)]
    same("in pages, in order", ordered, sorted(ordered, reverse=True))


async def make(documents):
    made = await documents.create(payment(KEY, 4990.5, "gw-1 O'Neil"))
    same("our key", made["Ref_Key"], KEY)
    same("a number", made["Number"], "ФК00-000001")
    same("not posted", made["Posted"], False)
    same("what it has not", "НетТакогоРеквизита" in made, False)
    await refused("the same key again", documents.create(payment(KEY, 1, "other")), ODataError, 400, "15")
    await documents.create(payment(DRAFT, 10, "draft"))


async def find(documents):
    async def keys(odata_filter):
        page = await documents.query(odata_filter=odata_filter, select=["Ref_Key"], orderby="Number")
        return [row["Ref_Key"] for row in page.value]

    same("by a comment with a quote", await keys((F("Комментарий") == "gw-1 O'Neil") & (F("DeletionMark") == False)), [KEY])  # noqa: E712
    same("by client and sum", await keys((F("Контрагент_Key") == guid(MARIA)) & (F("СуммаДокумента") == 4990.5)), [KEY])
    same("by client's name", await keys(F("Контрагент/Description") == "Соколова Мария Андреевна"), [KEY, DRAFT])
    day = (F("Date") >= datetime(2026, 11, 24)) & (F("Date") < datetime(2026, 11, 25))
    same("by day", await keys(day), [KEY, DRAFT])
    same("another day", await keys(F("Date") > datetime(2026, 11, 25)), [])
    same("by a part", await keys(substringof("gw-", "Комментарий") & ~startswith("Комментарий", "draft")), [KEY])
    same("by a row", await keys(F("РасшифровкаПлатежа").any(F("Сумма") > 100)), [KEY])
    same("by a ground", await keys(F("ДокументОснование") == cast(guid(KEY), ENTITY)), [])
    same("a misspelt attribute", await keys(F("Коментарий") == "gw-1 O'Neil"), [])
    await refused("a filter that is none", keys("Комментарий eq"), ODataError, 400, "14")
    await refused("a select that is none", documents.query(select=["Нет"]), ODataError, 400, "10")
    full = await documents.query(select="**", top=1, presentations=True)
    same("without parts", "РасшифровкаПлатежа" in full.value[0], False)
    same("the client's presentation", full.value[0]["Контрагент____Presentation"], "Соколова Мария Андреевна")


async def post(documents, url):
    await documents.post(KEY, PostingMode.POST)
    same("posted", (await documents.get(KEY))["Posted"], True)
    await documents.unpost(KEY)
    same("unposted", (await documents.get(KEY, select=["Posted"]))["Posted"], False)
    await documents.post(KEY, PostingMode.POST)
    control(url, "PUT", "onec/main", {"refuse_posting": "Договор закрыт", "closed_until": "2026-10-31", "honour_if_match": True})
    words = await refused("the handler", documents.post(DRAFT, PostingMode.POST), ODataError, 500, "-1")
    same("its words", "Договор закрыт" in words, True)
    late = {**payment(DRAFT[:-1] + "9", 1, "late"), "Date": "2026-10-31T10:00:00"}
    await refused("a closed period", documents.create(late), ODataError, 500, "-1")
    await refused("an old version", documents.edit(DRAFT, {"Комментарий": "x"}, if_match="AAAA"), ConcurrencyError, 412, "-1")
    control(url, "PUT", "onec/main", {})


async def change(documents):
    await documents.edit(DRAFT, {"DeletionMark": True})
    same("marked", (await documents.get(DRAFT))["DeletionMark"], True)
    await refused("posting what is marked", documents.post(DRAFT, PostingMode.POST), ODataError, 500, "-1")
    await documents.delete(DRAFT)
    await refused("what is gone", documents.get(DRAFT), EntityNotFound, 404, "9")


async def trouble(base, documents, url):
    await refused("an entity that is not", Document(base, "Нет").query(), EntityNotFound, 404, "8")
    control(url, "PUT", "onec/main/faults", {"mode": "html_login", "times": 1})
    await refused("a login page", documents.query(), ODataError, 200, None)
    control(url, "PUT", "onec/main/faults", {"mode": "no_licence", "times": 1})
    await refused("no licence", documents.query(), ODataError, 500, "-1")
    same("well again", len((await documents.query()).value), 1)
    async with Infobase(url + "/onec", "main", "sverka", "wrong") as stranger:
        await refused("a wrong password", Document(stranger, NAME).query(), ODataError, 401, None)


async def by_hand(documents, url):
    wish = {"client_key": MARIA, "amount": 250000, "date": "2026-11-24T09:00:00", "author": "Петрова"}
    made = control(url, "POST", "onec/main/documents", wish)
    page = await documents.query(odata_filter=F("СуммаДокумента") == 2500, select="*", presentations=True)
    same("what a person entered", [row["Ref_Key"] for row in page.value], [made["ref_key"]])
    same("who", page.value[0]["Автор____Presentation"], "Петрова")


async def before(base, url):
    documents = Document(base, NAME)
    await metadata(base)
    await clients(base)
    await make(documents)
    await find(documents)
    await post(documents, url)
    await change(documents)
    await trouble(base, documents, url)
    await by_hand(documents, url)


async def after(base, url):
    documents = Document(base, NAME)
    kept = await documents.get(KEY)
    same("what was answered", (kept["Posted"], kept["СуммаДокумента"], kept["Number"]), (True, 4990.5, "ФК00-000001"))
    await refused("a key from before", documents.create(payment(KEY, 1, "other")), ODataError, 400, "15")
    same("both", await documents.count(), 2)
    async with Infobase(url + "/onec", "main", "sverka", "demo-password", format="atom") as atom:
        read = await Document(atom, NAME).get(KEY)
        same("in Atom", (read["Ref_Key"], read["Posted"], read["СуммаДокумента"]), (KEY, True, 4990.5))
        await refused("nothing in Atom", Document(atom, NAME).get(DRAFT), EntityNotFound, 404, "9")


async def main(url, part):
    async with Infobase(url + "/onec", "main", "sverka", "demo-password") as base:
        await {"before": before, "after": after}[part](base, url)
    print(f"onec_client: {part}: {checks} checks passed")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
