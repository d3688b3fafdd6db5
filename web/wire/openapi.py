"""`docs/openapi.json`: the HTTP routes as OpenAPI 3.1, written from the structs."""

import json
import re
from typing import Any, get_args

from core.attachments.limits import KeptType
from web.wire.base import Wire, WireError
from web.wire.events import DOCUMENTS, ROUTES
from web.wire.row import DocumentRoute, Route
from web.wire.schema import Schema, components, schema_of

COOKIE = "session"
SESSION = {
    "type": "apiKey",
    "in": "cookie",
    "name": "__Host-fyr",
    "description": "Set by signing in. Over plain HTTP, in a demo on one machine, it is called `fyr`.",
}


def openapi() -> str:
    """The document as JSON text."""
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "Fyr",
            "version": "1",
            "description": "The HTTP side of Fyr. What happens live goes over Socket.IO: see protocol.md.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": _paths(),
        "components": {
            "schemas": _reachable(),
            "securitySchemes": {COOKIE: SESSION},
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _paths() -> dict[str, dict[str, Any]]:
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    for document in DOCUMENTS:
        paths.setdefault(document.path, {})["get"] = _document(document)
    return paths


def _document(route: DocumentRoute) -> dict[str, Any]:
    schema = _asked(route.asked)
    named = set(re.findall(r"{(\w+)}", route.path))
    return {
        "operationId": "get_" + re.sub(r"\W+", "_", re.sub(r"{(\w+)}", "one", route.path).strip("/")),
        "summary": route.summary,
        "parameters": [
            {
                "name": name,
                "in": "path" if name in named else "query",
                "required": name in schema.get("required", []),
                "schema": inner,
            }
            for name, inner in schema["properties"].items()
        ],
        "responses": {
            "200": {"description": "The document.", "content": {route.media: {"schema": {"format": "binary"}}}},
            "default": {
                "description": "A refusal with a code; see protocol.md.",
                "content": _json(schema_of(WireError)),
            },
        },
        "security": [{COOKIE: []}],
    }


def _asked(kind: type[Wire]) -> Schema:
    """The schema of what is asked, itself rather than by name: it stands in the query, field by field."""
    schema: Schema = components()[kind.__name__]
    return schema


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {"operationId": _operation_id(route), "summary": route.summary}
    names = re.findall(r"{(\w+)}", route.path)
    if names:
        operation["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names
        ]
    if route.request is not None:
        operation["requestBody"] = {"required": True, "content": _json(schema_of(route.request))}
    elif route.takes == "bytes":
        operation["requestBody"] = {"required": True, "content": {"application/offset+octet-stream": {}}}
    operation["responses"] = {
        **_done(route),
        "default": {"description": "A refusal with a code; see protocol.md.", "content": _json(schema_of(WireError))},
    }
    if route.who != "anyone":
        operation["security"] = [{COOKIE: []}]
    return operation


def _done(route: Route) -> dict[str, Any]:
    if route.gives == "nothing":
        return {"200" if route.method == "HEAD" else "204": {"description": "Done; the headers tell."}}
    if route.answer is None:
        types = ("image/jpeg",) if route.path.endswith("/thumbnail") else get_args(KeptType)
        return {"200": {"description": "The file.", "content": {name: {} for name in types}}}
    return {"200": {"description": "Done.", "content": _json(schema_of(route.answer))}}


def _operation_id(route: Route) -> str:
    words = re.sub(r"{(\w+)}", "one", route.path.removeprefix("/api/"))
    return route.method.lower() + "_" + re.sub(r"\W+", "_", words.strip("/"))


def _json(schema: Schema) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _reachable() -> dict[str, Schema]:
    """The structs that routes speak of, and those they are made of."""
    every = components()
    pending, found = [WireError.__name__, *_named(_paths())], set[str]()
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += _named(every[name])
    return {name: every[name] for name in sorted(found)}


def _named(value: object) -> list[str]:
    return re.findall(r'"#/components/schemas/(\w+)"', json.dumps(value))
