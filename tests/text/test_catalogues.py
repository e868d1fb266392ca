"""All catalogues hold the same keys, want the same values, and hold what the code asks for."""

import ast
import re
import string
from datetime import date
from pathlib import Path

import pytest
from babel.messages import pofile

from retention.errors import DataWarning, InputError
from retention.text import DEFAULT, LANGUAGES, Words, escaped, keys

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "retention").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
SPEAKING = {"say", "text", "headline", "section", "stop"}


def messages(language):
    with (ROOT / "retention" / "text" / "catalogues" / f"{language}.po").open("rb") as source:
        return [message for message in pofile.read_po(source, locale=language) if message.id]


def forms(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def places(text):
    return {(name, spec) for _, name, spec, _ in string.Formatter().parse(text) if name}


def key(message):
    return message.id if isinstance(message.id, str) else message.id[0]


def calls(tree):
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def first_text(call):
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_counts_some_customers_of_a_hundred_and_others_of_all(language):
    # "Of 100 customers 11 bought again; 269 did not"
    counted = {"{start:count}", "{end:count}", "{new:count}", "{retained:count}", "{lost:count}"}
    mixed = [
        key(message)
        for message in messages(language)
        for form in forms(message)
        if ":per100}" in form and any(count in form for count in counted)
    ]
    assert mixed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_percentage_has_a_space_and_no_figure_a_hyphen_before_it(language):
    odd = re.compile(r"[\d}]\s%|(?<![\w}])-[\d{]")
    said = [(key(message), form) for message in messages(language) for form in forms(message)]
    assert [name for name, form in said if odd.search(form)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_apostrophe_is_written_the_same_way(language):
    said = [(key(message), form) for message in messages(language) for form in forms(message)]
    assert [name for name, form in said if re.search("[‘’]", form)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language):
    assert keys(language) == keys(DEFAULT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_missing(language):
    assert [key(m) for m in messages(language) if not all(form.strip() for form in forms(m))] == []


def wanted(language):
    """The values each sentence wants, each with how it is written there."""
    return {key(m): set().union(*map(places, forms(m))) for m in messages(language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_wants_the_same_values_written_the_same_way(language):
    assert wanted(language) == wanted(DEFAULT)


def test_every_sentence_the_code_names_is_there():
    asked = {
        text
        for source in SOURCES
        for call in calls(ast.parse(source.read_text(encoding="utf-8")))
        if name_of(call) in SPEAKING
        and (text := first_text(call))
        and re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", text)
    }
    assert asked - keys(DEFAULT) == set()


@pytest.mark.parametrize(("kind", "group"), [("InputError", "error"), ("DataWarning", "warning")])
def test_every_code_raised_has_its_sentence(kind, group):
    codes = {
        text
        for source in SOURCES
        for call in calls(ast.parse(source.read_text(encoding="utf-8")))
        if name_of(call) == kind and (text := first_text(call))
    }
    assert len(codes) > 5
    assert {f"{group}.{code}" for code in codes} - keys(DEFAULT) == set()


def test_no_sentence_is_left_over():
    written = "\n".join(source.read_text(encoding="utf-8") for source in SOURCES)
    literals = set(re.findall(r"[a-z_0-9]+", written))
    unused = [
        key
        for key in keys(DEFAULT)
        if key.split(".")[0] not in literals and key.split(".")[-1] not in literals
    ]
    assert unused == []


def test_numbers_money_and_dates_in_both_languages():
    italian, english = Words("it", "EUR"), Words("en", "EUR")
    assert italian.money(8911407.9) == "8.911.408\xa0€"
    assert english.money(8911407.9) == "€8,911,408"
    assert (italian.percent(0.3661), english.percent(0.3661)) == ("36,6%", "36.6%")
    assert (italian.count(18532), english.count(18532)) == ("18.532", "18,532")
    assert (italian.period(24131, "month"), english.period(24131, "month")) == ("dic 2010", "Dec 2010")
    assert Words("en").money(25.5) == "25.50"
    assert (english.compact(572_714), english.compact(1_400), english.compact(12)) == ("573k", "1.4k", "12")


def test_what_rounds_to_nothing_has_no_minus():
    words = Words("en")
    assert [words.points(-0.0004), words.change(-0.0004), words.percent(-0.0004)] == ["+0.0", "+0.0%", "0.0%"]
    assert [words.points(-0.0006), words.change(-0.0006)] == ["−0.1", "−0.1%"]


def test_plural_forms():
    assert Words("en").say("value.months", n=1) == "1 month"
    assert Words("it").say("value.months", n=3) == "3 mesi"


def test_the_first_count_of_a_sentence_chooses_its_form():
    said = Words("en").say("reasons.alone.status", rows=1, rival_rows=0)
    assert said.startswith("By it 1 row is cancelled")
    assert Words("en").say("reasons.alone.status", rows=2, rival_rows=0).startswith("By it 2 rows are")


def test_what_cannot_be_computed_is_a_dash():
    assert Words("en").say("value.money", value=None) == "–"
    assert Words("en").say("value.money", value=float("nan")) == "–"


def test_text_of_a_file_is_never_formatting():
    hostile = "*x* <b>y</b> [z](http://a) $q$ `c`"
    said = Words("en", markdown=True).say("error.empty_file", name=hostile)
    assert escaped(hostile) in said
    assert Words("en").say("error.empty_file", name=hostile).count(hostile) == 1


def test_codes_in_details_are_worded():
    error = InputError("no_usable_rows", rows=3, reasons={"missing_customer": 2, "unreadable_date": 1})
    assert "No customer (2), Unreadable date (1)" in Words("en").error(error)
    missing = InputError("no_usable_column", missing=["customer", "date"])
    assert "cliente" in Words("it").error(missing)
    assert "data" in Words("it").error(missing)


def test_dates_are_written_in_a_sentence():
    said = Words("it").say(
        "frame.loaded", customers=3, orders=4, first=date(2010, 12, 1), last=date(2011, 12, 9)
    )
    assert "1 dic 2010 – 9 dic 2011" in said


def test_a_warning_reads_as_a_sentence():
    warning = DataWarning("date_order_assumed", {"column": "Data", "day_first": True})
    assert "day first" in Words("en").warning(warning)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_key_is_a_bug(language):
    with pytest.raises(KeyError):
        Words(language).say("no.such.key")
