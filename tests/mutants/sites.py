"""Where code can be changed a little, and how: each change is a mistake a person might make."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FLIPPED = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
# How a chart or a page looks, which no test should hold in place
_LOOKS = {
    *(
        "angle",
        "baseline",
        "cornerRadius",
        "dx",
        "dy",
        "fontSize",
        "gap",
        "height",
        "labelAngle",
        "labelLimit",
    ),
    *("labelPadding", "least_width", "limit", "maxbins", "min_column_width", "offset", "opacity", "padding"),
    *(
        "paddingInner",
        "paddingOuter",
        "size",
        "strokeDash",
        "strokeOpacity",
        "strokeWidth",
        "tickCount",
        "width",
    ),
}


@dataclass(frozen=True)
class Mutant:
    """One change to one module.

    Attributes
    ----------
    path : of the module, from the project's root
    place : of the node changed, counted as `ast.walk` meets them
    way : which of the changes possible there
    line, before, after : for whoever looks at it
    """

    path: str
    place: int
    way: int
    line: int
    before: str
    after: str

    def source(self) -> str:
        """The module's source with the change; comments are lost."""
        tree = ast.parse((ROOT / self.path).read_text(encoding="utf-8"))
        node = list(ast.walk(tree))[self.place]
        return ast.unparse(_Put(node, list(_changes(node))[self.way]).visit(tree))


def mutants(path: Path) -> list[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_alone = set(_left_alone(tree))
    return [
        Mutant(str(path.relative_to(ROOT)), place, way, node.lineno, *_shown(node, changed))
        for place, node in enumerate(ast.walk(tree))
        if node not in left_alone
        for way, changed in enumerate(_changes(node))
    ]


def _changes(node: ast.AST):
    """What a node can be changed to; None for one that is left out."""
    match node:
        case ast.Compare(ops=[op]):
            yield from (_with(node, ops=[flipped()]) for flipped in _FLIPPED[type(op)])
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in _FLIPPED and not _is_text(node):
            yield from (_with(node, op=flipped()) for flipped in _FLIPPED[type(op)])
        case ast.Constant(value=bool(value)):
            yield _with(node, value=not value)
        case ast.Constant(value=int(value) | float(value)):
            yield from (_with(node, value=value + step) for step in (1, -1))
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.IfExp(body=body, orelse=orelse):
            yield _with(node, body=orelse, orelse=body)
        case ast.If(test=test) | ast.While(test=test):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield _with(node, value=ast.Constant(None))
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()


def _left_alone(tree: ast.AST):
    """What is never run, or changes nothing a test could see: types, decorators, looks, messages."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(decorator_list=others) | ast.ClassDef(decorator_list=others):
                idle = [*others, *([node.returns] if getattr(node, "returns", None) else [])]
            case ast.arg(annotation=ast.expr() as kind) | ast.AnnAssign(annotation=kind):
                idle = [kind]
            case ast.Assign(value=ast.Subscript() | ast.BinOp(op=ast.BitOr()) as kind):
                idle = [kind] if _names_types(node) else []
            case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.Raise():
                idle = [node]
            case ast.keyword(arg=name, value=value) if name in _LOOKS:
                idle = [value]
            case ast.Call(func=ast.Name(id="zip"), keywords=[ast.keyword(arg="strict", value=value)]):
                idle = [
                    value
                ]  # a check of ours that things made together are as long as each other: never fails
            case _:
                idle = []
        for each in idle:
            yield from ast.walk(each)


def _names_types(node: ast.Assign) -> bool:
    """Whether it gives a type a name: Period = Literal[…], by its capital and small letters."""
    name = getattr(node.targets[0], "id", "")
    return name[:1].isupper() and not name.isupper()


def _is_text(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.JoinedStr | ast.Constant) and _text(each) for each in ast.iter_child_nodes(node)
    )


def _text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or isinstance(node.value, str)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _with(node: ast.AST, **changed: object) -> ast.AST:
    other = copy.copy(node)
    for name, value in changed.items():
        setattr(other, name, value)
    return other


def _shown(node: ast.AST, changed: ast.AST) -> tuple[str, str]:
    """Both in one line; of a statement with a body its head alone."""
    return tuple(ast.unparse(ast.fix_missing_locations(each)).splitlines()[0] for each in (node, changed))


class _Put(ast.NodeTransformer):
    """Puts another node in the place of one."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """The node, or the one that takes its place."""
        return self._new if node is self._old else self.generic_visit(node)
