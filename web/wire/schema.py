"""JSON Schema of every struct on the wire, under its own name: what documents and types are made from."""

from typing import Any

import msgspec

from web.wire.base import WireError
from web.wire.events import DOCUMENTS, ROUTES, SOCKET_CALLS, SOCKET_EVENTS

Schema = dict[str, Any]


def wire_types() -> list[Any]:
    """Every type that crosses the wire, in the order of the tables."""
    found: list[Any] = [WireError]
    for call in SOCKET_CALLS:
        found += [call.request, call.answer]
    found += [event.body for event in SOCKET_EVENTS]
    for route in ROUTES:
        found += [kind for kind in (route.request, route.answer) if kind is not None]
    found += [document.asked for document in DOCUMENTS]
    return found


def components(ref_template: str = "#/components/schemas/{name}") -> dict[str, Schema]:
    """JSON Schema by struct name, sorted by name."""
    _, named = msgspec.json.schema_components(wire_types(), ref_template=ref_template)
    return dict(sorted(named.items()))


def schema_of(kind: Any) -> Schema:
    """The schema of one type, naming structs by reference."""
    (schema,), _ = msgspec.json.schema_components([kind], ref_template="#/components/schemas/{name}")
    return schema
