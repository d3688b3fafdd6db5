"""The threat model keeps up: its controls and tests are there, and nothing new stands beside it unnamed."""

import re
from typing import get_args

import pytest

import web.app
from core.access.rights import ROLE_NAMES, Right
from core.storage.tables import metadata
from tests.project.sources import ROOT
from tests.project.test_hazards import has_test
from web.wire.events import DOCUMENTS, ROUTES, SOCKET_CALLS, SOCKET_EVENTS

MODEL = (ROOT / "THREAT_MODEL.md").read_text("utf-8")
ROWS = [line.strip("| ").split(" | ") for line in MODEL.splitlines() if line.startswith("| ")][2:]
KNOWN = {
    name: set(re.findall(r"`([^`]+)`", listed))
    for name, listed in re.findall(r"^- (\w+): ((?:`[^`]+`\s*)+)", MODEL, re.MULTILINE)
}
assert tuple(web.app.KINDS), "everything is imported, so that every table is known"


def group(path: str) -> str:
    """The first two steps of a path."""
    return "/".join(path.split("/")[:3])


CALL_NAMES = [call.name for call in SOCKET_CALLS]
EVENT_NAMES = [event.name for event in SOCKET_EVENTS]
PRESENT: dict[str, set[str]] = {
    "routes": {group(route.path) for route in (*ROUTES, *DOCUMENTS)},
    "messages": {name.partition(":")[0] for name in (*CALL_NAMES, *EVENT_NAMES)},
    "roles": set(ROLE_NAMES),
    "rights": set(get_args(Right)),
    "tables": set(metadata.tables),
}


@pytest.mark.parametrize("kind", PRESENT)
def test_what_is_new_forces_a_revision(kind: str) -> None:
    new, gone = PRESENT[kind] - KNOWN[kind], KNOWN[kind] - PRESENT[kind]
    assert not new, f"THREAT_MODEL.md knows nothing of {sorted(new)}: look at what may go wrong there, then name it"
    assert not gone, f"THREAT_MODEL.md speaks of {sorted(gone)}, which is not there"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}: {row[2]}")
def test_each_threat_has_a_control_and_a_test_that_are_there(row: list[str]) -> None:
    flow, kind, threat, control, test, left = row
    assert flow
    assert threat
    assert left
    assert kind in "STRIDE"
    assert (ROOT / control.strip("`")).is_file()
    assert has_test(test.strip("`"))


def test_every_kind_of_threat_is_thought_of() -> None:
    assert {row[1] for row in ROWS} == set("STRIDE")
