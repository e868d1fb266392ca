"""A file with something for every step, each worked by hand; and a file read with pandas alone."""

from datetime import date, datetime

from retention import ingest
from retention.study import Study

MAPPING = ingest.Mapping(
    customer="E-mail",
    other_customer="Account",
    order="Order",
    date="Date",
    amount="Amount",
    status="Status",
    refund="Refund",
)
HEADINGS = "Order,Date,E-mail,Account,Amount,Status,Refund"
ROWS = (
    "o1,2024-01-01,ann@x.it,A1,100,paid,",
    "o2,2024-01-10,ben@x.it,A2,50,paid,",
    "o3,2024-01-20,ANN@x.it,A9,20,paid,",  # ann, by another spelling and another account
    "o4,2024-02-05,ann@x.it,A1,40,paid,",
    "o5,2024-02-10,cat@x.it,A3,60,paid,",
    "o6,2024-02-11,ben@x.it,A2,0,paid,",
    "o7,2024-03-03,ann@x.it,A1,30,paid,",
    "o8,2024-03-05,cat@x.it,A3,80,paid,",
    "o5,2024-03-12,cat@x.it,A3,-10,paid,yes",  # a month after its order
    "o9,2024-03-15,dan@x.it,A4,25,cancelled,",
    "o10,2024-03-16,,,15,paid,",
    "o11,2024-03-17,eve@x.it,A5,-5,paid,yes",  # of an order before the file
    "o12,,fay@x.it,A6,12,paid,",
    "o13,2024-03-31,ben@x.it,A2,70,paid,",
    "o14,2024-04-02,gil@x.it,A7,35,paid,",  # after the day asked for
    "o15,2024-01-25,hal@x.it,A8,0,paid,",
)


def study_of(rows=ROWS, mapping=MAPPING, headings=HEADINGS, until=date(2024, 3, 31)):
    raw = ingest.read("\n".join([headings, *rows]).encode(), "made.csv")
    intake = ingest.to_orders(raw, mapping, until=until, now=datetime(2024, 6, 1))  # noqa: DTZ001  local
    return Study(intake.orders, intake.lines, intake.exported)


def steps(study, figure, period="month"):
    """The steps of a figure as (code, value)."""
    return [(step.code, step.value) for step in study.reconciled.of(figure, period).steps]
