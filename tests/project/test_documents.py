"""What is made from the code is up to date, what is written by hand leads somewhere, and locks name no registry."""

import json
import re
from pathlib import Path

import pytest

from core.setting_rows import SETTINGS
from tests.project.sources import ROOT, name
from web.wire.events import DOCUMENTS, ROUTES, SOCKET_CALLS, SOCKET_EVENTS
from web.wire.remarks import structs_in
from web.wire.schema import wire_types
from web.wire.write import documents, write_all

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<img [^>]*src=\"([^\"]+)\"")


@pytest.mark.parametrize("path", documents())
def test_what_is_made_from_the_code_has_not_drifted(path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == documents()[path], f"run `make wire`: {path} has drifted"


def test_writing_again_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "web" / "client" / "src").mkdir(parents=True)
    assert sorted(write_all(tmp_path)) == sorted(documents())
    assert write_all(tmp_path) == []


def test_the_protocol_tells_of_everything_on_the_wire() -> None:
    text = documents()["docs/protocol.md"]
    for call in SOCKET_CALLS:
        assert f"### {call.name}\n" in text
    for event in SOCKET_EVENTS:
        assert f"- `{event.name}`" in text
    for route in ROUTES:
        assert f"`{route.method} {route.path}`" in text
    asked = {call.request.__name__ for call in SOCKET_CALLS}
    for kind in set(structs_in(wire_types())) - asked:
        assert f"### {kind}\n" in text


def test_every_link_within_the_protocol_leads_somewhere() -> None:
    text = documents()["docs/protocol.md"]
    anchors = {re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()) for line in text.splitlines() if line.startswith("#")}
    assert set(re.findall(r"\(#([^)]+)\)", text)) <= anchors


def test_the_openapi_document_names_every_route_and_only_structs_it_has() -> None:
    document = json.loads(documents()["docs/openapi.json"])
    told = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    assert told == {f"{route.method} {route.path}" for route in ROUTES} | {one.name for one in DOCUMENTS}
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert named <= set(document["components"]["schemas"])


def test_every_setting_is_described() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert [setting.name for setting in SETTINGS if f"| `{setting.name}` |" not in page] == []


@pytest.mark.parametrize("page", ["README.md", *sorted(name(path) for path in (ROOT / "docs").glob("*.md"))])
def test_every_link_leads_to_a_file(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    targets = [(found[1] or found[2]).partition("#")[0] for found in LINK.finditer(text)]
    here = (ROOT / page).parent
    missing = [target for target in targets if target and "://" not in target and not (here / target).exists()]
    assert missing == []


def test_the_first_line_of_the_readme_names_what_a_bare_debian_lacks() -> None:
    first = (ROOT / "README.md").read_text("utf-8").splitlines()[0]
    assert "apt install make python3-venv" in first


def test_locks_name_no_registry() -> None:
    locks = [*(ROOT / "requirements").glob("*.txt"), ROOT / "web" / "client" / "package-lock.json"]
    for lock in locks:
        assert not re.search(
            r"\"resolved\"|index-url|://(?!.*(?:funding|sponsor|opencollective))", _without_thanks(lock)
        ), lock


def _without_thanks(lock: Path) -> str:
    """Lock files of npm keep each author's address for donations: no registry."""
    if lock.suffix != ".json":
        return lock.read_text("utf-8")
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    return json.dumps([{key: value for key, value in one.items() if key != "funding"} for one in packages.values()])


def test_every_locked_python_package_is_pinned_with_hashes() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        blocks = re.split(r"\n(?=[a-z0-9])", lock.read_text("utf-8"))
        pinned = [block for block in blocks if re.match(r"[a-z0-9]", block)]
        assert pinned
        assert [block[:40] for block in pinned if not re.match(r"[\w.-]+==\S+", block) or "--hash=" not in block] == []
