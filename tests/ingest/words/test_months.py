import pandas as pd
import pytest

from retention.ingest.columns.dates import read_dates
from retention.ingest.words.months import month_named

NAMES = {
    "en": "January Feb Mar. April May June Jul Aug Sept. Oct November Dec",
    "it": "gen. febbraio mar aprile mag giugno lug ago sett. ott novembre dic",
    "de": "Jänner Febr. Mär April Mai Juni Juli Aug. Sept Okt. Nov Dez",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "enero feb. mar abril mayo jun. julio ago. sept. oct noviembre dic.",
    "pt": "janeiro fev. março abril mai. junho jul agosto set. out. nov dez.",
}


@pytest.mark.parametrize("language", NAMES)
def test_months_in_six_languages(language):
    assert [month_named(name) for name in NAMES[language].split()] == list(range(1, 13))


@pytest.mark.parametrize("name", ["Mrz", "MÄRZ", "Ma\u0308rz", "marzo", "Mars"])
def test_march_in_all_its_forms(name):
    assert month_named(name) == 3


@pytest.mark.parametrize("word", ["jui", "ju", "xyz", "", "marzipan"])
def test_what_is_no_month_or_may_be_two(word):
    assert month_named(word) == 0


@pytest.mark.parametrize(
    "text",
    [
        "5. März 2023",
        "5 mars 2023",
        "le 5 mars 2023",
        "5 de marzo de 2023",
        "5 de março de 2023",
        "Mar-05-23",
        "5-Mar-23",
        "2023-Mar-05",
        "So., 5. März 2023, 00:00 Uhr",
        "domingo, 5 de marzo de 2023",
        "1er mars 2023",
    ],
)
def test_dates_in_six_languages(text):
    day = 1 if "1er" in text else 5
    assert read_dates(pd.Series([text])).when[0] == pd.Timestamp(2023, 3, day)
