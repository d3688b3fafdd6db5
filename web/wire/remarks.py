"""What the sources say of each field: the text under it, which Python itself does not keep."""

import ast
import inspect
import textwrap
from functools import cache
from typing import Any

import msgspec


def structs_in(kinds: list[Any]) -> dict[str, type[msgspec.Struct]]:
    """Every struct that is part of these types, by name."""
    found: dict[str, type[msgspec.Struct]] = {}
    pending: list[Any] = list(msgspec.inspect.multi_type_info(kinds))
    while pending:
        one = pending.pop()
        if isinstance(one, msgspec.inspect.StructType):
            if one.cls.__name__ in found:
                continue
            found[one.cls.__name__] = one.cls
        pending += _inside(one)
    return found


def _inside(one: Any) -> list[Any]:
    """The types a type is made of, whatever its shape."""
    if isinstance(one, msgspec.inspect.Field):
        return [one.type]
    parts = [getattr(one, name, ()) for name in ("types", "fields", "item_types")]
    single = [getattr(one, name) for name in ("item_type", "key_type", "value_type") if hasattr(one, name)]
    return [part for group in parts for part in group] + single


@cache
def remarks(kind: type[msgspec.Struct]) -> dict[str, str]:
    """The text that follows each field in the source, in one line, by field."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for field, after in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr):
            found[field.target.id] = " ".join(str(ast.literal_eval(after.value)).split())
    return found
