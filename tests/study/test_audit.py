"""The lenses of the audit on the shop of three customers: which table goes into which."""

JANUARY = 12 * 2024


def test_the_whole_base_knows_of_money_without_a_cohort(small_study):
    # February: a pays 30 and c 70, b gets 5 back, and d, who never bought, 7
    base = small_study.audit.whole_base("month", JANUARY + 1)
    assert (base.customers, base.active, base.once) == (3, 2, 2)
    assert (base.net, base.unassigned) == (88.0, -7.0)
    nets = base.table.set_index("cohort")["net"].to_dict()
    assert nets == {JANUARY: 25.0, JANUARY + 1: 70.0}
    assert small_study.audit.whole_base("month", JANUARY).unassigned == 0.0


def test_two_periods_are_one_and_the_complete_one_before(small_study):
    audit = small_study.audit
    assert audit.two_periods("month", JANUARY) is None  # of December nothing is known
    found = audit.two_periods("month", JANUARY + 1)
    assert (found.net_before, found.net_after) == (80.0, 88.0)
    assert audit.one_period("month", JANUARY + 1).revenue == 100.0


def test_cohorts_of_two_months_side_by_side(small_study):
    audit = small_study.audit
    assert audit.cohorts("month") == [JANUARY, JANUARY + 1]
    assert audit.one_cohort("month", JANUARY).size == 2
    found = audit.two_cohorts("month", JANUARY, JANUARY + 1, 0.5)
    assert (found.first, found.second, found.ages) == (JANUARY, JANUARY + 1, 1)
    assert (found.profit_first, found.profit_second) == (40.0, 35.0)  # half of 80 and of 70, in their first
