"""Text out of a file is shown as it stands: never as formatting, a link, HTML or a formula."""

import pytest

from retention.text import LANGUAGES, escaped
from tests.pages.visit import PAGES, ROWS, Visit, csv, unescaped

HOSTILE = (
    "<b>bold</b><script>alert(1)</script>",
    "[win](https://evil.example) ![x](https://evil.example/x.png)",
    "*stars* _lines_ `code` ~~gone~~",
    "$x^2$ :red[x] :material/edit: :smile:",
    "# heading",
    "=HYPERLINK(1)|a|b|",
    "{name} {0} {} %s",
    "\\*a\\*",
)


def is_kept_from_formatting(text, hostile):
    """Whether wherever the text appears every sign of it that formats is escaped."""
    return escaped(hostile) in text or hostile not in unescaped(text)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_name_of_a_file(hostile):
    visit = Visit("en").upload(f"{hostile}.csv", csv(ROWS))
    assert visit.failures == []
    shown = [text for text in visit.formatted if hostile in unescaped(text)]
    assert shown
    assert all(is_kept_from_formatting(text, hostile) for text in shown)


@pytest.fixture(scope="module", params=LANGUAGES)
def visit(request):
    return Visit(request.param)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_name_of_a_file_that_cannot_be_read(hostile, visit):
    visit.upload(f"{hostile}.csv", b"%PDF-1.7\n")
    assert visit.failures == []
    (error,) = visit.app.error
    assert escaped(hostile) in error.value


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_heading_of_a_column(hostile):
    heading = " ".join(hostile.split())
    visit = Visit("en").upload("sales.csv", csv(ROWS, ("customer", "date", heading)))
    visit.set("map_amount", heading)
    assert visit.failures == visit.errors == []
    shown = [text for text in visit.formatted if heading in unescaped(text)]
    assert shown
    assert all(is_kept_from_formatting(text, heading) for text in shown)


def test_customers_segments_and_channels():
    rows = [(HOSTILE[0], day, amount, HOSTILE[1]) for _, day, amount in ROWS]
    visit = Visit("en").upload("sales.csv", csv(rows, ("customer", "date", "amount", "channel")))
    visit.set("map_segment", "channel").open("acquisition")
    spend = csv([("2024-01", HOSTILE[2], 5, "acquisition")], ("month", "channel", "amount", "purpose"))
    visit.upload("spend.csv", spend)
    for page in (*PAGES, "acquisition"):
        visit.open(page)
        assert visit.failures == []
        for text in visit.formatted:
            assert all(is_kept_from_formatting(text, hostile) for hostile in HOSTILE[:3])
