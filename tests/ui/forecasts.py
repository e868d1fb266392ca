"""A value whose forecast is fair, and how a page says so."""

from types import SimpleNamespace as Some

from retention.lifetime_value import Variant

LINE = "caption forecast.line model=setting.purchase_kind.mbg_nbd verdict=trust.fair trust.fair.use"


def value(**more):
    said = Some(trust="fair", reasons=(), correction=None)
    models = Some(verdict=lambda *asked: said, reliability=lambda as_of: ())
    given = {"variant": Variant("mbg_nbd"), "terms": Some(days=365.25, discount_rate=0.1)}
    return Some(**given | {"study": Some(models=models)} | more)
