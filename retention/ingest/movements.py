"""A payment account's movements: which are sales, and which give their money back.

PayPal's report lists everything that moved the balance. Sales are what its type calls a payment ("Pagamento
Express Checkout", "Pagamento su sito web", "Pagamento preautorizzato", "Mobile Payment", "Subscription
Payment" …) with money coming in; the same types with money going out are the shop's own purchases, and a mass
payment is one. "Rimborso", "Storno" and "Chargeback" with money going out are refunds, and name the customer
as the receiver. Withdrawals ("Prelievo", "Bonifico"), deposits, fees, conversions of currency, and holds with
their release ("Blocco", "Trattenuta", "Riserva", "Authorization") are no sales.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retention.ingest.columns import coded_labels
from retention.ingest.headings import plain
from retention.ingest.statuses import saying

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_NEITHER = re.compile(
    r"\b(?:blocc\w*|holds?|trattenut\w*|riserv\w*|reserve\w*|autorizzazion\w*|authorization|conversion\w*"
    r"|preliev\w*|withdrawal|deposit\w*|bonific\w*|transfer|trasferiment\w*|commission\w*|tariff\w*|fees?"
    r"|massa|mass)\b"
)
_PAYMENT = re.compile(r"\b(?:pagament\w*|payments?|donazion\w*|donations?|acquist\w*|purchase)\b")
_BACK = re.compile(r"\b(?:rimbors\w*|refund\w*|storn\w*|reversals?|chargebacks?|revoc\w*)\b")


def sales_and_refunds(
    kind: pd.Series, amount: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Rows that are sales, and rows that are refunds.

    Parameters
    ----------
    kind : (n,) type of each movement
    amount : (n,) money in; below 0 money out; where it cannot be read the type decides
    """
    words = coded_labels(kind)
    neither = saying(words, lambda text: bool(_NEITHER.search(plain(text))))
    back = saying(words, lambda text: bool(_BACK.search(plain(text)))) & ~neither
    payment = saying(words, lambda text: bool(_PAYMENT.search(plain(text)))) & ~neither & ~back
    return payment & ~(amount <= 0), back & ~(amount >= 0)
