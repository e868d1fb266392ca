"""Which statements are taken for one that only reads; where words leave it open, none is."""

from __future__ import annotations

import pytest

from retention.sources.statements import only_reads


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1",
        " \n(select buyer FROM orders)",
        "WITH paid AS (SELECT * FROM orders) SELECT * FROM paid",
        "-- of last year; all\n# and this;\n/* DELETE; */ SELECT 1",
        "SELECT ';' AS a, \"in;to\" AS b, `into` AS c FROM orders",
        r"SELECT 'it''s; \'INTO\' ' FROM orders",
        "SELECT into_store FROM orders -- don't; stop",
    ],
)
def test_what_reads(statement):
    assert only_reads(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "DELETE FROM orders",
        "SELECTED",
        "COMMIT",
        "CALL wiped()",
        "/* SELECT */ UPDATE orders SET total = 0",
        "SELECT 1; DELETE FROM orders",
        "SELECT 'a'; DELETE FROM orders -- 'b'",
        "SELECT 1 -- it's\n; DELETE FROM orders -- it's",
        "SELECT * INTO OUTFILE '/srv/orders' FROM orders",
        "SELECT total into @total FROM orders",
        "SELECT 'never ends; DELETE FROM orders",
    ],
)
def test_what_does_not_or_may_not(statement):
    assert not only_reads(statement)
