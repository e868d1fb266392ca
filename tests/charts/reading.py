"""A chart as one reads its specification: a line for each layer, and the rows it is made of."""

from __future__ import annotations

from retention.charts import heat, style
from tests.mutants.sites import _LOOKS

_ROLES = {
    style.ACCENT: "accent",
    style.SECOND: "second",
    style.COMPARISON: "comparison",
    style.BAND: "band",
    style.AVERAGE: "average",
    style.RULE: "rule",
    style.SHORT: "short",
    style.SHORT_MONEY: "short_money",
    heat.SHARE: "as a share",
}
_KINDS = {"quantitative": "Q", "nominal": "N", "ordinal": "O", "temporal": "T"}
_UNREAD = _LOOKS | {
    "aria",
    "fontWeight",
    "cornerRadiusTopLeft",
    "cornerRadiusTopRight",
    "gradientLength",
    "titleLimit",
    "thickness",
}


def layers(drawing):
    """Each layer's mark, filters and channels, without how they look."""
    spec = drawing.to_dict()
    return [_layer(part) for part in spec.get("layer", [spec])]


def rows(drawing, layer=0, *columns):
    """The rows behind a layer: whole, some of their columns as tuples, or one as it is."""
    spec = drawing.to_dict()
    named = spec.get("layer", [spec])[layer].get("data", spec.get("data"))["name"]
    found = spec["datasets"][named]
    if len(columns) == 1:
        return [row[columns[0]] for row in found]
    return [tuple(row[name] for name in columns) for row in found] if columns else found


def heat_of(field, key, domain="domainMin=0", *, written="as a share", colours="heatmap", marked=""):
    """How a layer reads that is coloured by how much its field holds."""
    values = f" values{marked}" if marked else ""
    return (
        f"color={field}:Q(legend(labelExpr={written} orient=top title={key}{values}) "
        f"scale(clamp=True {domain} interpolate=rgb range={colours}))"
    )


def ink_of(field):
    """How a layer reads whose figures are black or white by the colour under them."""
    test = f"luminance(scale('color', datum.{field})) > 0.179"
    return f"color=(condition(test={test} value=#000000) value=#ffffff)"


def _layer(part):
    mark = part["mark"] if isinstance(part["mark"], dict) else {"type": part["mark"]}
    filters = [f"[{each['filter']}]" for each in part.get("transform", []) if "filter" in each]
    settings = [_option(name, value) for name, value in mark.items() if name not in _UNREAD | {"type"}]
    channels = [f"{name}={_channel(how)}" for name, how in part["encoding"].items()]
    return " ".join([mark["type"], *filters, *settings, *channels])


def _channel(how):
    if isinstance(how, list):
        return ",".join(_channel(each) for each in how)
    options = dict(how)
    field, kind = options.pop("field", None), options.pop("type", None)
    options = {name: value for name, value in options.items() if not (name == "title" and value is None)}
    named = f"{field}:{_KINDS.get(kind, '')}".rstrip(":") if field else ""
    told = " ".join(_option(name, value) for name, value in options.items() if name not in _UNREAD)
    return f"{named}({told})" if told else named


def _option(name, value):
    if isinstance(value, dict):
        kept = [
            _option(part, each) for part, each in value.items() if part not in _UNREAD and each is not None
        ]
        return f"{name}({' '.join(kept)})"
    if isinstance(value, list):
        return f"{name}[{', '.join(_value(each) for each in value)}]"
    return f"{name}={_value(value)}"


def _value(value):
    if isinstance(value, str):
        return _ROLES.get(value, value)
    return f"{value:.6g}" if isinstance(value, float) else str(value)
