"""`docs/protocol.md`: every call, event, route and struct of the wire, written from the structs themselves."""

import inspect
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from core import errors
from web.wire.events import DOCUMENTS, ROUTES, SOCKET_CALLS, SOCKET_EVENTS
from web.wire.remarks import remarks, structs_in
from web.wire.row import Content, Route, SocketCall, SocketEvent, Who
from web.wire.schema import Schema, components, schema_of, wire_types

WHO: Mapping[Who, str] = {
    "anyone": "anyone",
    "signed_in": "anyone who is signed in and may see the contact",
    "patient": "a patient",
    "staff": "staff of the unit",
    "in_visit": "anyone who takes part in the visit",
    "guest": "a guest of a visit",
}
NOT_JSON: dict[Content, str] = {
    "json": "–",
    "bytes": "the file's bytes",
    "nothing": "–",
    "navigation": "a browser's own words",
}
INTRODUCTION = """\
# The protocol


Made from the structs in `web/wire` by `fyr wire`; do not edit. The same structs give
[openapi.json](openapi.json) and the client's `web/client/src/wire.ts`.

- **Socket.IO** (protocol 5) at `/socket.io/`, namespace `/`, WebSocket first. The session's cookie says who connects;
  with `as=guest` in the query a guest's own cookie does.
- A *call* is an event with one JSON object, answered by its acknowledgement: `{"ok": answer}` or
  `{"error": {"code": …, "data": {…}}}`. A call that is not answered may be sent again: whatever writes carries a
  `client_id` of the sender's making, and the second time the first answer comes back with `repeated: true`.
- An *event* is sent by the server by itself and is not acknowledged.
- A struct in an answer or event has every field; one in a request may leave out the fields that have a default.
  Fields that are not known are ignored.
- Moments are ISO 8601 in UTC. Positions in a text are code points of the text as it was given.
- An HTTP route that refuses answers with a status of 400 or more and a [WireError](#wireerror).
- Missing and forbidden are told alike: `not_found`.
"""


def protocol() -> str:
    """The whole document."""
    structs = components("#{name}")
    kinds = structs_in(wire_types())
    asked = {call.request.__name__ for call in SOCKET_CALLS}
    parts = [INTRODUCTION, "## Calls\n", _overview(SOCKET_CALLS)]
    parts += [_call(call, structs, kinds) for call in SOCKET_CALLS]
    parts += ["## Events\n", *(_event(event) for event in SOCKET_EVENTS)]
    parts += ["\n## Routes\n", _routes(ROUTES)]
    parts += ["## Structs\n", *(_struct(name, structs[name], kinds) for name in sorted(set(structs) - asked))]
    parts += ["## Errors\n", _errors()]
    return "\n".join(parts)


def _overview(calls: Iterable[SocketCall]) -> str:
    rows = [
        f"| [`{call.name}`](#{_anchor(call.name)}) | {WHO[call.who]} | {_link(call.answer.__name__)} |"
        for call in calls
    ]
    return "\n".join(["| call | sent by | answer |", "| --- | --- | --- |", *rows, ""])


def _call(call: SocketCall, structs: Mapping[str, Schema], kinds: Mapping[str, Any]) -> str:
    name = call.request.__name__
    said = _sentence(structs[name].get("description", ""))
    answer = f"Sent by {WHO[call.who]}; answered with {_link(call.answer.__name__)}."
    return "\n".join([f"### {call.name}\n", said, "", answer, "", _fields(structs[name], kinds[name])])


def _event(event: SocketEvent) -> str:
    return f"- `{event.name}`, to {WHO[event.who]}: {_link(event.body.__name__)}"


def _routes(routes: Iterable[Route]) -> str:
    rows = []
    for route in routes:
        request = _link(route.request.__name__) if route.request else NOT_JSON[route.takes]
        answer = _kind(schema_of(route.answer)) if route.answer else NOT_JSON[route.gives]
        rows.append(f"| `{route.method} {route.path}` | {WHO[route.who]} | {route.summary} | {request} | {answer} |")
    head = ["| route | asked by | what | request | answer |", "| --- | --- | --- | --- | --- |"]
    rows += [
        f"| `{one.name}` | {WHO[one.who]} | {one.summary} | {_link(one.asked.__name__)}, in the query | `{one.media}` |"
        for one in DOCUMENTS
    ]
    return "\n".join([*head, *rows, ""])


def _struct(name: str, schema: Schema, kinds: Mapping[str, Any]) -> str:
    said = _sentence(schema.get("description", ""))
    return "\n".join([f"### {name}\n", *([said, ""] if said else []), _fields(schema, kinds[name])])


def _fields(schema: Schema, kind: Any) -> str:
    if not schema.get("properties"):
        return "No fields.\n"
    said, required = remarks(kind), set(schema.get("required", []))
    rows = [
        f"| `{field}` | {_kind(inner)} | {_default(field, inner, required)} | {said.get(field, '')} |"
        for field, inner in schema["properties"].items()
    ]
    return "\n".join(["| field | type | default | |", "| --- | --- | --- | --- |", *rows, ""])


def _default(field: str, schema: Schema, required: set[str]) -> str:
    if field in required:
        return ""
    return f"`{json.dumps(schema['default'])}`" if "default" in schema else "–"


def _kind(schema: Schema) -> str:
    if "$ref" in schema:
        return _link(schema["$ref"].rpartition("/")[2].removeprefix("#"))
    if "anyOf" in schema:
        return " or ".join(_kind(option) for option in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"`{json.dumps(value)}`" for value in schema["enum"])
    if "prefixItems" in schema:
        return "[" + ", ".join(_kind(item) for item in schema["prefixItems"]) + "]"
    return _plain(schema)


def _plain(schema: Schema) -> str:
    if schema.get("type") == "array":
        return "list of " + _kind(schema["items"])
    if schema.get("type") == "object":
        return "object of " + _kind(schema.get("additionalProperties") or {})
    return str(schema.get("type", "anything"))


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _anchor(heading: str) -> str:
    """As the usual renderers of Markdown make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _sentence(description: str) -> str:
    """The docstring without the name of the call it begins with."""
    text = " ".join(description.split())
    named = re.match(r"`[a-z_:]+`: (.*)", text)
    return named[1][0].upper() + named[1][1:] if named else text


def _errors() -> str:
    """The codes with what is said of them in `core/errors.py`."""
    said = re.findall(r'^    "(\w+)",(?:  # (.+))?$', inspect.getsource(errors), re.MULTILINE)
    rows = [f"| `{code}` | {meaning or code.replace('_', ' ')} |" for code, meaning in said]
    return "\n".join(["| code | meaning |", "| --- | --- |", *rows, ""])
