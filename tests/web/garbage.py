"""What a broken or hostile client might send, made from the wire's own table so that nothing in it is left out."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from web.wire.events import ROUTES, SOCKET_CALLS
from web.wire.row import Route, SocketCall

ODD_TEXTS = ("", "\x00", "\u202e", "å" * 300, "0" * 32, "../../etc/passwd", "' OR 1=1 --", "𝕬" * 50, "-1", "1e999")
ODD_NUMBERS = (0, -1, 2**31, 2**53, 2**63, 2**64, 10**30, 0.5, -0.0, 1e308)
DEEP = 200
"""Levels of nesting: far past anything meant, short of what no parser takes."""


def nested(levels: int) -> Any:
    """Lists and objects in each other."""
    value: Any = "deep"
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


texts = st.one_of(st.sampled_from(ODD_TEXTS), st.text(max_size=40))
numbers = st.one_of(st.sampled_from(ODD_NUMBERS), st.integers(), st.floats(allow_nan=False, allow_infinity=False))
leaves = st.one_of(st.none(), st.booleans(), numbers, texts)


def _deeper(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4)


values = st.one_of(leaves, st.recursive(leaves, _deeper, max_leaves=8), st.just(nested(DEEP)))


def fields_of(kind: type[msgspec.Struct]) -> list[str]:
    """The names a body of this kind has on the wire."""
    return [field.encode_name for field in msgspec.structs.fields(kind)]


def bodies(kind: type[msgspec.Struct], known: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Bodies of a kind with fields missing, wrong, right (`known`, so that some get past the door) or made up."""
    chosen = {name: st.one_of(values, st.just(known[name])) if name in known else values for name in fields_of(kind)}
    objects = st.fixed_dictionaries({}, optional={**chosen, "made_up": values})
    return st.one_of(objects, objects, objects, values)


def calls(known: dict[str, Any]) -> st.SearchStrategy[tuple[str, Any]]:
    """A name of the table, or none of it, with a body."""

    def of(row: SocketCall) -> st.SearchStrategy[tuple[str, Any]]:
        return st.tuples(st.just(row.name), bodies(row.request, known))

    return st.one_of(*map(of, SOCKET_CALLS), st.tuples(texts, values))


def requests(route: Route) -> st.SearchStrategy[bytes]:
    """Bodies of a route: bytes of any kind, or JSON that is not what it should be."""
    as_json = values if route.request is None else bodies(route.request, {})
    return st.one_of(st.binary(max_size=200), as_json.map(msgspec.json.encode))


routes = st.sampled_from(ROUTES).flatmap(lambda route: st.tuples(st.just(route), requests(route)))

FRAMES = (
    b"", b"0", b"1x", b"2", b"2probe", b"3probe", b"4", b"40", b"41,", b"42", b"42[", b"42[]", b"42[1]", b"42[null]",
    b'42["message:post"]', b'42["message:post",1,2,3]', b'421["message:post",{}', b'42999999999999999999["a:b",{}]',
    b'42/other,["a:b",{}]', b"43[]", b"431[]", b"44", b"45", b'451-["a:b",{"_placeholder":true,"num":0}]',
    b'4599999999-["a:b",{"_placeholder":true,"num":0}]', b"46", b'461-["x"]', b"49", b"5", b"6", b"9", b"\xff\xfe",
    b'42["a:b",' + b"[" * 5_000, b'421["message:post",' + b'{"a":' * 3_000 + b"1" + b"}" * 3_000 + b"]",
    b'421["message:post",{"text":"\xff\xfe"}]', b'421["connect",{}]', b'421["disconnect",{}]', b"4" * 1_000,
)  # fmt: skip
"""What Engine.IO and Socket.IO make of their packet types, cut, twisted and out of turn."""
frames = st.lists(st.tuples(st.one_of(st.sampled_from(FRAMES), st.binary(max_size=60)), st.booleans()), max_size=8)
"""Frames with whether each is sent as binary."""
