"""What is worth a look in a file is said, and its switch does what it says and can be undone."""

from tests.pages.visit import Visit, csv

DAYS = [f"2024-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 29)]
GOODS = [(f"c{i % 30}", day, 10 + i) for i, day in enumerate(DAYS)]
CASH = [("cassa centro", day, 5) for day in DAYS]


def used(visit):
    return visit.rows()[visit.words.say("account.used")]


def test_a_cash_desk_is_named_and_can_be_left_out_and_taken_back():
    visit = Visit("en").upload("sales.csv", csv(GOODS + CASH))
    found = {"n": 84, "customer": "cassa centro", "orders": 84, "share": 0.5, "amount": 420.0}
    assert visit.says("check.large_customer.found", **found)
    visit.press("check.large_customer.do")
    assert visit.failures == []
    assert used(visit) == len(GOODS)
    assert visit.rows()[visit.words.say("account.left_out.left_out_customer")] == len(CASH)
    assert not visit.says("check.large_customer.found", **found)
    visit.set("left_out", [])
    assert used(visit) == len(GOODS) + len(CASH)


def test_duplicates_can_be_dropped_and_kept_again():
    visit = Visit("en").upload("sales.csv", csv([*GOODS, GOODS[-1]]))
    visit.press("check.duplicates.do")
    assert used(visit) == len(GOODS)
    visit.press("check.duplicates.undo")
    assert used(visit) == len(GOODS) + 1


def test_orders_taken_back_in_full_can_leave():
    visit = Visit("en").upload("sales.csv", csv([*GOODS, ("c1", "2024-03-28", -GOODS[1][2])]))
    purchases = visit.words.say("account.purchases")
    assert visit.rows()[purchases] == len(GOODS)
    visit.press("check.reversed_orders.do")
    assert visit.rows()[purchases] == len(GOODS) - 1
    assert visit.rows()[visit.words.say("account.left_out.reversed")] == 2
    assert visit.open("cohorts").failures == []


def test_rows_read_are_those_used_and_the_others_listed():
    rows = [*GOODS, (None, "2024-03-01", 5), ("c1", "soon", 5), ("c1", "2024-03-02", "much")]
    visit = Visit("en").upload("sales.csv", csv(rows))
    said = visit.words
    counted = {name: n for name, n in visit.rows().items() if name != said.say("account.read")}
    orders = {said.say(f"account.{kind}") for kind in ("purchases", "refunds", "zero_orders")}
    assert visit.rows()[said.say("account.read")] == len(rows) + 1
    assert sum(n for name, n in counted.items() if name not in orders) == len(rows) + 1


def test_the_name_of_a_customer_is_shown_as_it_is():
    hostile = "cassa <b>*x*</b> [a](https://evil.example)"
    visit = Visit("en").upload("sales.csv", csv(GOODS + [(hostile, day, 5) for day in DAYS]))
    assert any("cassa" in text for text in visit.formatted)
    assert not any("[a](https" in text for text in visit.formatted)
