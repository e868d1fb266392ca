"""Where the code asks the catalogues for a sentence, read off its source, and the codes it can ask with."""

import ast
import re
from functools import cache
from itertools import product
from pathlib import Path

from babel.messages import pofile

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "retention").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
PAGES = {page.stem for page in (ROOT / "pages").glob("*.py")} - {"main"}
_KEY = re.compile(r"[a-z_0-9]+(\.[a-z_0-9]+)*")
_BUILT = re.compile(r"[a-z_0-9.*]*")
_WORDED = re.compile(r"\{\w+:as ([^}]*)\}")
# What takes a key and asks the catalogues for it, or hands it on to what does
SPEAKING = {"say", "sentence", "text", "headline", "section", "stop", "closed", "invite", "codes"}


@cache
def _nodes():
    found = {}
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            found.setdefault(type(node), []).append(node)
    return found


def nodes(*kinds):
    """The code's nodes of some kinds."""
    return [node for kind in kinds for node in _nodes().get(kind, ())]


def name_of(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def constant(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def modules():
    """Names of modules as their room knows them: what it loads late stands there as text."""
    below = (path.relative_to(ROOT).with_suffix("").parts for path in SOURCES)
    return {".".join(parts[2:]) for parts in below if len(parts) > 3}  # package, room, folder


def branches(node):
    """The texts an expression chooses between, None where it is no choice between texts written there."""
    if isinstance(node, ast.IfExp):
        ways = branches(node.body), branches(node.orelse)
        return None if None in ways else ways[0] | ways[1]
    text = constant(node)
    return None if text is None else {text}


# --- keys written in full -----------------------------------------------------------------------


def written_keys():
    """Every text in the code that may be a key in full."""
    return {node.value for node in nodes(ast.Constant) if constant(node) and _KEY.fullmatch(node.value)}


def keys_asked():
    """Keys given in full to what speaks."""
    firsts = (call.args[0] for call in nodes(ast.Call) if name_of(call) in SPEAKING and call.args)
    return {key for first in firsts for key in branches(first) or () if _KEY.fullmatch(key)}


# --- keys put together at run time --------------------------------------------------------------


def shape(built):
    """An f-string with a star for each value: f"value.{unit}" is "value.*"."""
    return "".join(constant(part) if isinstance(part, ast.Constant) else "*" for part in built.values)


def built_keys():
    """Shapes of what may be a key put together, each with what its values are where they stand there."""
    asked = {id(call.args[0]) for call in nodes(ast.Call) if name_of(call) in SPEAKING and call.args}
    formats = {id(value.format_spec) for value in nodes(ast.FormattedValue)}
    found = {}
    for built in (each for each in nodes(ast.JoinedStr) if id(each) not in formats):
        form = shape(built)
        if _BUILT.fullmatch(form) and ("." in form or id(built) in asked):
            holes = [branches(part.value) for part in built.values if isinstance(part, ast.FormattedValue)]
            found.setdefault(form, []).append(None if None in holes else list(product(*holes)))
    return found


def put_together_otherwise():
    """Keys that are neither written nor an f-string: nothing could tell what they may be."""
    firsts = (call.args[0] for call in nodes(ast.Call) if name_of(call) in SPEAKING and call.args)
    return [ast.unparse(first) for first in firsts if isinstance(first, ast.BinOp | ast.Call)]


def filled(form, values):
    """The keys of a shape; a value is a text, or a text for each star."""
    for value in values:
        texts = iter((value,) if isinstance(value, str) else value)
        yield re.sub(r"\*", lambda _: next(texts), form)  # noqa: B023  used before the next value


def worded_groups(language):
    """Groups in which a sentence words a code of ours: {reason:as fit}."""
    with (ROOT / "retention" / "text" / "catalogues" / f"{language}.po").open("rb") as source:
        found = [message for message in pofile.read_po(source, locale=language) if message.id]
    forms = (form for m in found for form in ([m.string] if isinstance(m.string, str) else m.string))
    return {group for form in forms for group in _WORDED.findall(form)}


# --- the codes there are ------------------------------------------------------------------------


def literal(name, having=None):
    """The members of a Literal by its name, and by one of its members where several share the name."""
    found = {
        frozenset(members) for alias, members in _literals() if alias == name and having in {None, *members}
    }
    assert len(found) == 1, f"{name} is {len(found)} Literals"
    return found.pop()


def literal_of(record, field):
    """The members of a Literal that stands at a field of a record."""
    (found,) = (
        node.annotation
        for kind in nodes(ast.ClassDef)
        if kind.name == record
        for node in kind.body
        if isinstance(node, ast.AnnAssign) and node.target.id == field
    )
    return {text for text in map(constant, _members(found)) if text}


@cache
def _literals():
    assigned = (node for node in nodes(ast.Assign) if isinstance(node.value, ast.Subscript))
    return [
        (node.targets[0].id, tuple(ast.literal_eval(ast.Tuple(_members(node.value), ast.Load()))))
        for node in assigned
        if getattr(node.value.value, "id", "") == "Literal"
    ]


def _members(subscript):
    inside = subscript.slice
    return inside.elts if isinstance(inside, ast.Tuple) else [inside]


def named(*names):
    """The texts in constants of modules, by their names: members of a tuple, keys of a dict."""
    return {text for name in names for text in _named(name)}


def _named(name):
    found = [
        node.value
        for node in nodes(ast.Assign, ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if getattr(target, "id", "") == name
    ]
    assert found, f"there is no {name}"
    for value in found:
        for node in value.keys if isinstance(value, ast.Dict) else ast.walk(value):
            if constant(node):
                yield node.value


@cache
def spoken_of():
    """Every name and every text in the code: what a column may be called."""
    names = {node.arg for node in nodes(ast.arg, ast.keyword)} | {node.attr for node in nodes(ast.Attribute)}
    return (
        names
        | {node.target.id for node in nodes(ast.AnnAssign) if isinstance(node.target, ast.Name)}
        | written_keys()
    )


def passed(name, position):
    """Texts given to a function at a place."""
    given = (
        call.args[position] for call in nodes(ast.Call) if name_of(call) == name and len(call.args) > position
    )
    return {text for argument in given for text in branches(argument) or ()}


def named_by(keyword):
    """Texts given to any function by the name of one of its parameters."""
    given = (each.value for each in nodes(ast.keyword) if each.arg == keyword)
    return {text for argument in given for text in branches(argument) or ()}
