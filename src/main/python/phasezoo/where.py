"""Row filters as text, turned into Arrow expressions by a parser that knows a few forms only."""

from __future__ import annotations

import ast
import difflib
import re
from functools import reduce
from operator import add, and_, eq, ge, gt, le, lt, mul, ne, or_, sub, truediv
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .errors import BadSelection

FORMS = "and or not, == != < <= > >=, in [..], + - * /, numbers, texts, columns (`a-b` in backticks)"
_COMPARISONS = {ast.Eq: eq, ast.NotEq: ne, ast.Lt: lt, ast.LtE: le, ast.Gt: gt, ast.GtE: ge}
_ARITHMETIC = {ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.Div: truediv}
_TOKEN = re.compile(r"""'[^']*'|"[^"]*"|`([^`]+)`""")


class Where:
    """A parsed filter such as `phase == 'IV-B' and seed < 3`; `names` are the columns it asks for.

    A dotted name (`accuracy.test.v1`) is one column. Rows where the outcome is null are left out.
    """

    def __init__(self, text: str) -> None:
        """Parse; raises `BadSelection` for what is not of the known forms."""
        self.text = text
        self.names: set[str] = set()
        self._quoted: list[str] = []
        try:
            tree = ast.parse(_TOKEN.sub(self._quote, text).strip(), mode="eval")
            self._expression: Any = self._build(tree.body)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise self._refused("it is no expression", f"use {FORMS}") from None

    def filter(self, table: pa.Table) -> pa.Table:
        """Return the rows of `table` for which it holds."""
        for name in sorted(self.names - set(table.column_names)):
            near = difflib.get_close_matches(name, table.column_names, 1)
            mend = f'did you mean "{near[0]}"?' if near else f"there are {table.column_names[:12]}"
            raise self._refused(f'no column "{name}"', mend)
        try:
            return table.filter(self._expression)
        except (pa.ArrowException, TypeError) as e:
            raise self._refused(str(e).splitlines()[0][:90], "compare like with like") from None

    def _refused(self, what: str, mend: str) -> BadSelection:
        return BadSelection(f"where={self.text[:60]!r}", what, mend)

    def _quote(self, match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        self._quoted.append(match[1])
        return f"__quoted_{len(self._quoted) - 1}"

    def _column(self, name: str) -> pc.Expression:
        if name.startswith("__quoted_"):
            name = self._quoted[int(name[9:])]
        self.names.add(name)
        return pc.field(name)

    def _build(self, node: ast.AST) -> Any:
        match node:
            case ast.Constant(bool() | int() | float() | str() as value):
                return pc.scalar(value)
            case ast.Name(name):
                return self._column(name)
            case ast.Attribute():
                return self._column(ast.unparse(node).replace(" ", ""))
            case ast.UnaryOp(ast.Not(), of):
                return ~self._build(of)
            case ast.UnaryOp(ast.USub(), of):
                return pc.negate(self._build(of))
            case ast.BoolOp(joint, parts):
                join = and_ if isinstance(joint, ast.And) else or_
                return reduce(join, map(self._build, parts))
            case ast.BinOp(left, op, right) if type(op) in _ARITHMETIC:
                return _ARITHMETIC[type(op)](self._build(left), self._build(right))
            case ast.Compare(left, [ast.In() | ast.NotIn() as op], [ast.List() | ast.Tuple() as of]):
                try:
                    found = self._build(left).isin(pa.array([ast.literal_eval(e) for e in of.elts]))
                except (ValueError, pa.ArrowException):
                    raise self._refused("`in` needs a list", "list numbers or texts") from None
                return ~found if isinstance(op, ast.NotIn) else found
            case ast.Compare(left, ops, rights) if all(type(op) in _COMPARISONS for op in ops):
                ends = zip([left, *rights], ops, rights, strict=False)
                links = (_COMPARISONS[type(op)](self._build(a), self._build(b)) for a, op, b in ends)
                return reduce(and_, links)
        raise self._refused(f"{ast.unparse(node)[:40]!r} is not allowed", f"use {FORMS}")
