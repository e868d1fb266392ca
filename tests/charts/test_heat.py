"""The colours of heatmaps on both themes, worked as a browser does: straight between their stops."""

import colorsys

import altair as alt
import numpy as np
import pytest

from retention.charts import heat, style

PAGES = {"light": (255, 255, 255), "dark": (25, 25, 25)}  # about Streamlit's two backgrounds
SHARES = [i / 20 for i in range(21)]
THEMES = sorted(style.RANGES)


def rgb(code):
    return np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)


def colour(theme, share, colours="heatmap"):
    stops = np.array([rgb(stop) for stop in style.RANGES[theme][colours]])
    at = np.linspace(0, 1, len(stops))
    return np.array([np.interp(share, at, channel) for channel in stops.T])


def luminance(of):
    shares = np.asarray(of) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faded(of, page):
    return heat.FADED * np.asarray(of) + (1 - heat.FADED) * np.asarray(page)


@pytest.mark.parametrize("theme", THEMES)
def test_more_stands_out_more_from_the_page(theme):
    apart = [contrast(colour(theme, share), PAGES[theme]) for share in SHARES]
    assert apart == sorted(apart)
    assert apart[0] < 1.3  # the least all but sinks into the page
    assert apart[-1] > 10


def test_the_highest_is_the_brightest_on_a_dark_page_and_the_darkest_on_a_light_one():
    dark, light = ([luminance(colour(theme, share)) for share in SHARES] for theme in ("dark", "light"))
    assert dark == sorted(dark)
    assert light == sorted(light, reverse=True)


@pytest.mark.parametrize("theme", THEMES)
def test_all_of_it_is_one_hue(theme):
    hues = [colorsys.rgb_to_hsv(*(rgb(stop) / 255))[0] * 360 for stop in style.RANGES[theme]["heatmap"]]
    assert max(hues) - min(hues) < 10


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("share", SHARES)
def test_what_is_faded_is_nearer_to_the_page(share, theme):
    whole, page = colour(theme, share), PAGES[theme]
    assert contrast(faded(whole, page), page) <= contrast(whole, page)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("colours", ["heatmap", "diverging"])
@pytest.mark.parametrize("share", SHARES)
def test_figures_can_be_read_on_every_cell(share, colours, theme):
    cell = colour(theme, share, colours)
    ink = (0, 0, 0) if luminance(cell) > balance() else (255, 255, 255)
    assert contrast(cell, ink) >= 4.5  # WCAG 2 AA
    assert contrast(faded(cell, PAGES[theme]), rgb(style.INK[theme])) >= 4.5


def balance():
    """The luminance above which ink is black, as the charts say it."""
    return float(heat.ink("value")["condition"]["test"].split("> ")[1])


@pytest.mark.parametrize("theme", THEMES)
def test_no_difference_is_nearest_to_the_page_and_the_ends_stand_out_alike(theme):
    less, none, more = (colour(theme, share, "diverging") for share in (0, 0.5, 1))
    page = PAGES[theme]
    assert contrast(none, page) < 1.3
    ends = contrast(less, page), contrast(more, page)
    assert min(ends) > 4.5
    assert max(ends) / min(ends) < 1.35


def test_a_scale_begins_at_nothing_unless_told_otherwise():
    free, told = (
        alt.Chart(alt.NamedData(name="rows"))
        .mark_rect()
        .encode(color=heat.fill("value", *domain, key="much", written=heat.SHARE))
        .to_dict()["encoding"]["color"]["scale"]
        for domain in ([], [[0.2, 0.4]])
    )
    assert (free["domainMin"], "domain" in free) == (0, False)
    assert (told["domain"], "domainMin" in told) == ([0.2, 0.4], False)


def test_the_title_of_a_key_is_never_cut_off():
    key = heat.fill("value", key="Chance of still being a customer", written=heat.SHARE)["legend"]
    assert key.to_dict()["titleLimit"] == 0
