"""A pyarrow table that also converts to polars, and row filters as text."""

import ast
import difflib
import re
from functools import reduce
from operator import add, and_, eq, ge, gt, inv, le, lt, mul, ne, or_, sub, truediv
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .errors import BadSelection

_FORMS = "use and or not, == != < <= > >=, in [..], + - * /, numbers, texts, columns (`a-b` in backticks)"
_OPERATORS: dict[type[ast.AST], Any] = {ast.Eq: eq, ast.NotEq: ne, ast.Lt: lt, ast.LtE: le, ast.Gt: gt, ast.GtE: ge}
_OPERATORS |= {ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.Div: truediv, ast.USub: pc.negate}
_OPERATORS |= {ast.And: and_, ast.Or: or_, ast.Not: inv}
_BACKTICKS = re.compile(r"""('[^']*'|"[^"]*")|`([^`]+)`""")


class Table:
    """A `pyarrow.Table`, `.arrow`; all that it has works here, Arrow's C stream too."""

    def __init__(self, arrow: pa.Table) -> None:
        self.arrow = arrow

    def to_polars(self) -> Any:
        """Return a `polars.DataFrame`; needs polars."""
        import polars

        return polars.from_arrow(self.arrow)

    def where(self, text: str) -> "Table":
        """Keep the rows for which an expression over the columns holds, not null; raises `BadSelection`."""
        expression, names = parse(text)
        for name in sorted(names - set(self.column_names)):
            near = difflib.get_close_matches(name, self.column_names, 1)
            mend = f'did you mean "{near[0]}"?' if near else f"there are {self.column_names[:12]}"
            raise BadSelection(f"where={text[:60]!r}", f'no column "{name}"', mend)
        try:
            return Table(self.arrow.filter(expression))
        except (pa.ArrowException, TypeError) as e:
            raise BadSelection(f"where={text[:60]!r}", str(e).splitlines()[0][:90], "compare like with like") from None

    def __getattr__(self, name: str) -> Any:
        if name == "arrow":  # not set yet: a copy under construction
            raise AttributeError(name)
        return getattr(self.arrow, name)

    def __getitem__(self, key: Any) -> Any:
        return self.arrow[key]

    def __len__(self) -> int:
        return len(self.arrow)

    def __repr__(self) -> str:
        return repr(self.arrow)


def parse(text: str) -> tuple[pc.Expression, set[str]]:
    """Return a filter such as `phase == 'IV-B' and seed < 3` as an Arrow expression, and the columns it names.

    The text is parsed, never evaluated; a dotted name is one column. Raises `BadSelection` for other forms.
    """
    names: set[str] = set()

    def build(node: ast.AST) -> Any:
        match node:
            case ast.Constant(bool() | int() | float() | str() as value):
                return pc.scalar(value)
            case ast.Subscript(ast.Name("_"), ast.Constant(str() as name)) | ast.Name(name):
                names.add(name)
                return pc.field(name)
            case ast.Attribute():
                return build(ast.Name(ast.unparse(node)))
            case ast.UnaryOp(op, of) if type(op) in _OPERATORS:
                return _OPERATORS[type(op)](build(of))
            case ast.BoolOp(op, parts):
                return reduce(_OPERATORS[type(op)], map(build, parts))
            case ast.BinOp(left, op, right) if type(op) in _OPERATORS:
                return _OPERATORS[type(op)](build(left), build(right))
            case ast.Compare(left, [ast.In() | ast.NotIn() as op], [ast.List() | ast.Tuple() as of]):
                found = build(left).isin(pa.array(ast.literal_eval(of)))
                return ~found if isinstance(op, ast.NotIn) else found
            case ast.Compare(left, ops, rights) if all(type(op) in _OPERATORS for op in ops):
                pairs = zip(ops, [left, *rights], rights, strict=False)
                return reduce(and_, (_OPERATORS[type(op)](build(a), build(b)) for op, a, b in pairs))
        raise BadSelection(f"where={text[:60]!r}", f"{ast.unparse(node)[:40]!r} is not allowed", _FORMS)

    try:
        quoted = _BACKTICKS.sub(lambda m: m[1] or f"_[{m[2]!r}]", text)
        return build(ast.parse(quoted.strip(), mode="eval").body), names
    except (SyntaxError, ValueError, RecursionError, MemoryError, pa.ArrowException):
        raise BadSelection(f"where={text[:60]!r}", "it is no expression", _FORMS) from None
