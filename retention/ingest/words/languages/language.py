"""What one language calls the columns of a file of sales."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Language:
    """Words of headings as `headings.bare` writes them: small letters, no accents, no articles.

    Lists are written as one text, headings apart by commas, words by blanks.

    Attributes
    ----------
    headings : by role, lists from the best meant to the least; the lists of a role mean the same in every
        language (the first of "amount" are totals of an order, the fourth are without tax)
    holding : by role, words one of which in a longer heading means it
    otherwise : by role, words beside these that tell otherwise
    own : words that only this language uses, and that tell it where decimals follow a comma
    email, numbers, tax_codes, names : words for what names a customer
    persons : headings of a private person's name beside a company's
    parts_of_names : words for a first name or a surname alone, which two people share
    documents, lines : words for the paper or the record an order's number stands on; for its lines
    totals, nets : words of an amount that is the whole order's; that leaves tax or shipping out
    tax, with_or_without_tax : words for taxes; words that make a total with or without them an amount
    sales : words for ordering, buying and selling, which tell the date of the sale from other dates
    percent : words that make a discount a percentage
    cents : words that tell that amounts are in hundredths
    endings : second parts of words written as one
    currencies : codes of what its speakers sell in, the likeliest first
    """

    headings: dict[str, tuple[str, ...]]
    holding: dict[str, str] = field(default_factory=dict)
    otherwise: dict[str, str] = field(default_factory=dict)
    own: str = ""
    email: str = ""
    numbers: str = ""
    tax_codes: str = ""
    names: str = ""
    persons: str = ""
    parts_of_names: str = ""
    documents: str = ""
    lines: str = ""
    totals: str = ""
    nets: str = ""
    tax: str = ""
    with_or_without_tax: str = ""
    sales: str = ""
    percent: str = ""
    cents: str = ""
    endings: str = ""
    currencies: str = ""
