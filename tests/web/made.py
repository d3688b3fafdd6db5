"""Bodies made from the wire's own types: right in shape, with ids that are somebody's or nobody's, and then damaged."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from tests.web.garbage import fields_of, texts, values
from web.wire.base import Wire

EDGES = (0, 1, -1, 2**31 - 1, 2**53)
DATES = ("2026-11-26", "2026-11-26T08:00:00Z", "0001-01-01", "9999-12-31T23:59:59+14:00", "2026-02-30")
words = st.one_of(texts, st.sampled_from(DATES))


def of_type(kind: inspect.Type) -> st.SearchStrategy[Any]:
    """What a value of this type looks like in JSON. Raises KeyError for a type the wire has not had before."""
    if isinstance(kind, inspect.UnionType):
        return st.one_of(*map(of_type, kind.types))
    if isinstance(kind, inspect.LiteralType):
        return st.sampled_from(kind.values)
    if isinstance(kind, (inspect.ListType, inspect.VarTupleType)):
        return st.lists(of_type(kind.item_type), max_size=4)
    if isinstance(kind, inspect.DictType):
        return st.dictionaries(of_type(kind.key_type), of_type(kind.value_type), max_size=3)
    if isinstance(kind, inspect.StructType):
        made = {field.encode_name: of_type(field.type) for field in kind.fields}
        needed = {field.encode_name: made[field.encode_name] for field in kind.fields if field.required}
        optional = {name: one for name, one in made.items() if name not in needed}
        tag = {kind.tag_field: st.just(kind.tag)} if kind.tag_field else {}
        return st.fixed_dictionaries({**needed, **tag}, optional=optional)
    return SIMPLE[type(kind)]


SIMPLE: dict[type[inspect.Type], st.SearchStrategy[Any]] = {
    inspect.StrType: words,
    inspect.IntType: st.one_of(st.sampled_from(EDGES), st.integers(-(2**63), 2**63 - 1)),
    inspect.FloatType: st.floats(allow_nan=False, allow_infinity=False),
    inspect.BoolType: st.booleans(),
    inspect.NoneType: st.none(),
    inspect.AnyType: values,
    inspect.DateType: st.dates().map(str),
    inspect.DateTimeType: st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
}


def right(kind: type[Wire], known: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Bodies of the right shape; what is named in `known` is mostly that."""

    def with_known(body: dict[str, Any], chosen: frozenset[str]) -> dict[str, Any]:
        return {**body, **{name: known[name] for name in chosen}}

    names = [name for name in fields_of(kind) if name in known]
    some = st.frozensets(st.sampled_from(names)) if names else st.just(frozenset[str]())
    every = st.just(frozenset(names))
    return st.builds(with_known, of_type(inspect.type_info(kind)), st.one_of(every, every, some))


def damaged(kind: type[Wire], known: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The same with one field gone, one of another kind, or one that nobody knows."""

    def damage(body: dict[str, Any], name: str, value: Any, *, gone: bool) -> dict[str, Any]:
        return {key: one for key, one in {**body, name: value}.items() if key != name or not gone}

    names = st.sampled_from([*fields_of(kind), "made_up"])
    return st.builds(damage, right(kind, known), names, values, gone=st.booleans())


def bodies(kind: type[Wire], known: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Right twice as often as damaged: what is refused at the door tests only the door."""
    return st.one_of(right(kind, known), right(kind, known), damaged(kind, known))


def as_right(kind: type[Wire], body: dict[str, Any]) -> bool:
    """Whether the wire's own decoder takes it."""
    try:
        msgspec.json.decode(msgspec.json.encode(body), type=kind)
    except msgspec.ValidationError:
        return False
    return True
