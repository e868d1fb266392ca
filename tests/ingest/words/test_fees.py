"""What is no product among the lines of an order."""

import pytest

from retention.ingest.words.fees import is_fee


@pytest.mark.parametrize(
    "name",
    [
        *("POSTAGE", "DOTCOM POSTAGE", "Discount", "CARRIAGE", "Next Day Carriage", "Bank Charges", "Manual"),
        *("AMAZON FEE", "Adjust bad debt", "Shipping", "Free shipping", "Express Delivery", "10% discount"),
        *("Spedizione", "Spese di spedizione", "Sconto 10%", "Spedizione gratuita", "Contrassegno"),
        *("Versandkosten", "Rabatt", "Nachnahmegebühr 5 €".replace("Nachnahmeg", "G")),
        *("Frais de port", "Frais de livraison", "Expédition", "Remise", "Gastos de envío", "Descuento"),
        *("Frete", "Taxa de envio", "Comissão"),
    ],
)
def test_fees_are_told_by_their_words(name):
    assert is_fee(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Postage stamp mug",
            "Porto Tawny",
            "Gift voucher",
            "Free sample",
            "Cesto delle feste",
            "Next",
            "",
            "12",
        ),
        *(
            "Manual coffee grinder",
            "Delivery van toy",
            "Spedizione Italia 1943 (libro)",
            "Standard",
            "Day cream",
        ),
    ],
)
def test_what_holds_another_word_is_a_product(name):
    assert not is_fee(name)
