"""How long a page is before anything is opened: the words there to read, and its height.

As a script it prints both for the pages named, in both languages, and with `--text` the words themselves:
`python -m tests.browser.length cohorts --text`.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from retention.text import LANGUAGES
from tests.browser.started import started
from tests.browser.visitor import PAGES, visiting

# Charts draw labels, tables hold figures, an icon is the name of a picture, and what is folded is not there
# to read; a style for one look, so that nothing is drawn anew.
_TEXT = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  const apart = document.createElement('style');
  apart.textContent = `[data-testid=stVegaLiteChart], [data-testid=stDataFrame], [data-testid=stTable],
    [data-testid=stMain] table, [data-testid=stIconMaterial], [data-testid=stExpanderIcon],
    [data-testid=stMarkdownContainer] [role=img], details:not([open]) > :not(summary)
    { display: none !important }`;
  document.head.append(apart);
  const text = main.innerText;
  apart.remove();
  return text;
}"""
_LEVELS = """() => [...document.querySelectorAll('[data-testid=stMain] :is(h1, h2, h3, h4, h5, h6)')]
  .filter(heading => heading.checkVisibility()).map(heading => Number(heading.tagName[1]))"""
_HEIGHT = "() => document.querySelector('[data-testid=stMain]').scrollHeight"
DRAWN = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]
  .every(chart => chart.querySelector('svg text, canvas'))"""
_SETTLING = 400  # milliseconds a height must stay


@dataclass(frozen=True)
class Length:
    """What of a page is in sight before anything is opened.

    Attributes
    ----------
    text : all there is to read, labels of charts and tables apart
    height : pixels from the top to the end
    levels : of the headings, in their order
    """

    text: str
    height: int
    levels: tuple[int, ...]

    @property
    def words(self):
        """How many words and figures the text has; a sign standing by itself is none."""
        return sum(any(sign.isalnum() for sign in word) for word in self.text.split())


def length(visitor):
    """Length of the page a visitor is on, once it has run and everything is drawn."""
    visitor.rested().tab.wait_for_function(DRAWN)
    return Length(visitor.tab.evaluate(_TEXT), _height(visitor.tab), tuple(visitor.tab.evaluate(_LEVELS)))


def _height(tab):
    before, now = None, tab.evaluate(_HEIGHT)
    while now != before:
        tab.wait_for_timeout(_SETTLING)
        before, now = now, tab.evaluate(_HEIGHT)
    return now


def _print(pages, *, text):
    with started() as (browser, server):
        for language in LANGUAGES:
            with visiting(browser, server, language) as visitor:
                for page in pages:
                    found = length(visitor.open(page, lang=language, sample="shop"))
                    print(f"{page} {language}: {found.words} words, {found.height} pixels", flush=True)
                    if text:
                        print(found.text, end="\n\n")


if __name__ == "__main__":
    call = argparse.ArgumentParser(description=__doc__)
    call.add_argument("pages", nargs="*", metavar="page", default=list(PAGES))
    call.add_argument("--text", action="store_true", help="print what there is to read as well")
    asked = call.parse_args()
    _print(asked.pages, text=asked.text)
