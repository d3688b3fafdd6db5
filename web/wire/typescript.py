"""The client's types, written from the wire: `fyr wire` writes them, a test fails when the file has drifted."""

import json

from web.wire.events import ROUTES, SOCKET_CALLS, SOCKET_EVENTS
from web.wire.schema import Schema, components, schema_of

HEADER = "// Made from the server's structs by `fyr wire`. Do not edit.\n"


def typescript() -> str:
    """The whole of `wire.ts`: one interface a struct, then the tables of calls, events and routes."""
    structs = components()
    asked = _asked_by_clients(structs)
    parts = [HEADER]
    parts += [_interface(name, schema, optional_defaults=name in asked) for name, schema in structs.items()]
    parts += [_calls(), _events(), _routes()]
    return "\n".join(parts)


def _asked_by_clients(structs: dict[str, Schema]) -> set[str]:
    """Structs a client writes: there a field with a default may be left out. The server writes every field."""
    pending = [call.request.__name__ for call in SOCKET_CALLS]
    pending += [route.request.__name__ for route in ROUTES if route.request is not None]
    found: set[str] = set()
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += _references(structs[name])
    return found


def _references(schema: object) -> list[str]:
    if isinstance(schema, dict):
        own = [_name(schema["$ref"])] if isinstance(schema.get("$ref"), str) else []
        return own + [name for value in schema.values() for name in _references(value)]
    if isinstance(schema, list):
        return [name for value in schema for name in _references(value)]
    return []


def _interface(name: str, schema: Schema, *, optional_defaults: bool) -> str:
    required = set(schema.get("required", []))
    lines = [_comment(schema.get("description")), f"export interface {name} {{"]
    for field, inner in schema["properties"].items():
        mark = "?" if optional_defaults and field not in required else ""
        lines.append(f"  {field}{mark}: {_type(inner)};")
    return "\n".join([line for line in lines if line] + ["}"]) + "\n"


def _comment(text: str | None) -> str:
    return f"/** {text.splitlines()[0].replace('*/', '')} */" if text else ""


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return _name(schema["$ref"])
    if "anyOf" in schema:
        return " | ".join(_type(option) for option in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if isinstance(schema.get("type"), list):
        return " | ".join(_type({"type": kind}) for kind in schema["type"])
    return _plain(schema)


def _plain(schema: Schema) -> str:
    kind = schema.get("type")
    if kind == "array":
        return _array(schema)
    if kind == "object":
        return f"Record<string, {_type(schema.get('additionalProperties') or {})}>"
    return {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}.get(
        str(kind), "unknown"
    )


def _array(schema: Schema) -> str:
    if "prefixItems" in schema:
        return "[" + ", ".join(_type(item) for item in schema["prefixItems"]) + "]"
    return f"Array<{_type(schema['items'])}>"


def _name(reference: str) -> str:
    return reference.rsplit("/", 1)[1]


def _calls() -> str:
    rows = [
        f'  "{call.name}": {{ request: {call.request.__name__}; answer: {call.answer.__name__} }};'
        for call in SOCKET_CALLS
    ]
    return "\n".join(["/** What a client may send. */", "export interface Calls {", *rows, "}\n"])


def _events() -> str:
    rows = [f'  "{event.name}": {event.body.__name__};' for event in SOCKET_EVENTS]
    return "\n".join(["/** What the server sends by itself. */", "export interface Events {", *rows, "}\n"])


def _routes() -> str:
    rows = []
    for route in ROUTES:
        request = route.request.__name__ if route.request else "null"
        answer = _type(schema_of(route.answer)) if route.answer else "null"
        rows.append(f'  "{route.method} {route.path}": {{ request: {request}; answer: {answer} }};')
    return "\n".join(["/** HTTP routes. */", "export interface Routes {", *rows, "}\n"])
