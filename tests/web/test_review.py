"""From a nurse's mark to a failing test: marked, listed, rewritten, taken out, counted as wrong. No patient's words."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from core.audit.entries import Accessed
from tests.canary import CANARY
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_story import opened
from triage.content import load_content
from triage.evaluation.gold import gold_lines
from triage.evaluation.report import evaluated
from web.node import Node
from web.review_command import export

WROTE = f"Hej, min granne hade feber förra veckan och nu är jag lite snuvig, {CANARY}"
AT = {"start": WROTE.index("feber"), "end": WROTE.index("feber") + len("feber")}
LATER = "Nu har jag dessutom sprungit en halvmara"
OWN = {"lang": "sv", "subject": "self", "age_y": 58, "sex": "f"}
MEANT = {**OWN, "text": "Grannens son är febrig. Själv är jag förkyld.", "reads": []}
LOW = {**OWN, "text": "Jag är täppt i näsan och nyser", "urgency": "immediate"}


@pytest.fixture
async def leila(url: str) -> AsyncIterator[Somebody]:
    """A clinician at Hamnen: she reviews."""
    async with signed_in(url, "staff:leila") as somebody:
        yield somebody


async def refusal(who: Somebody, name: str, **body: Any) -> str:
    with pytest.raises(RefusedError) as refused:
        await who.call(name, **body)
    return refused.value.code


async def text_entry(sara: Somebody, contact_id: str) -> int:
    seen = await sara.call("contact:follow", contact_id=contact_id)
    found: int = next(entry["no"] for entry in seen["entries"] if entry["body"].get("text") == WROTE)
    return found


async def marked(astrid: Somebody, sara: Somebody) -> str:
    """A contact in which Sara has marked a word as somebody else's fever, and set another level."""
    contact_id = await opened(astrid, WROTE)
    await astrid.kept(contact_id, "understood")
    claim = await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    level = {"claim_no": claim["claim_no"], "urgency": "self_care", "reason": f"Bara snuva, skrev {CANARY}"}
    await sara.call("urgency:set", client_id=client_id(), contact_id=contact_id, **level)
    mark = {"entry": await text_entry(sara, contact_id), **AT, "meant": "fever", "meant_as": "other_person"}
    await sara.call("reading:mark", client_id=client_id(), contact_id=contact_id, **mark, comment=f"Grannens. {CANARY}")
    return contact_id


async def listed(leila: Somebody, *, done: bool = False) -> list[dict[str, Any]]:
    answer = await leila.call("review:list", unit_id="hamnen", lang="sv", done=done)
    items: list[dict[str, Any]] = answer["items"]
    return items


async def test_a_mark_becomes_a_failing_test_without_a_word_of_the_patients(
    astrid: Somebody, sara: Somebody, leila: Somebody, node: Node, tmp_path: Path
) -> None:
    contact_id = await marked(astrid, sara)
    words, level = await listed(leila)
    assert (words["what"], level["what"]) == ("words", "level")
    assert level["after"] == "self_care"
    assert level["before"] != "self_care"
    assert words["meant"] == {"concept": "fever", "label": "feber", "state": "other_person"}
    assert {one["content_version"] for one in (words, level)} == {load_content().version}
    assert words["by"]["name"] == "Sara Lind"
    assert CANARY not in str((words, level))
    for item, rewritten in ((words, MEANT), (level, LOW)):
        named = {"contact_id": contact_id, "no": item["no"]}
        shown = await leila.call("review:show", **named, lang="sv")
        assert [one["text"] for one in shown["texts"]] == [WROTE]
        assert shown["rewritten"] is None
        await leila.call("review:rewrite", client_id=client_id(), **named, rewritten=rewritten)
        shown = await leila.call("review:show", **named, lang="sv")
        assert shown["rewritten"]["text"] == rewritten["text"]
    assert await listed(leila) == []
    assert [one["status"] for one in await listed(leila, done=True)] == ["rewritten"] * 2
    lines: list[str] = []
    await export(node.settings, lines.append)
    assert CANARY not in str(lines)
    assert contact_id not in str(lines)
    report = evaluated(gold_lines(lines), load_content())
    assert " under=1.000 span_f1=0.000 " in report.result()
    assert report.result().startswith("RESULT n=1 accuracy=0.000 ")
    assert {json.loads(line)["text"] for line in lines} == {MEANT["text"], LOW["text"]}


async def test_words_are_shown_through_the_gate_and_each_look_is_recorded(
    astrid: Somebody, sara: Somebody, leila: Somebody, node: Node
) -> None:
    contact_id = await marked(astrid, sara)
    (words, _) = await listed(leila)
    named = {"contact_id": contact_id, "no": words["no"]}
    assert await refusal(sara, "review:show", **named, lang="sv") == "not_found"
    assert await refusal(sara, "review:list", unit_id="hamnen", lang="sv") == "not_found"
    await leila.call("review:show", **named, lang="sv")
    entries = await node.log.entries(node.trail.stream())
    looks = [
        (entry.body.action, entry.body.outcome, entry.body.found, entry.header.purpose)
        for entry in entries
        if isinstance(entry.body, Accessed) and entry.body.action.startswith("review:")
    ]
    assert looks == [
        ("review:list", "allowed", 1, "quality"),
        ("review:show", "refused", None, "quality"),
        ("review:list", "refused", None, "quality"),
        ("review:show", "allowed", None, "quality"),
    ]
    seen = await astrid.get(f"/api/contacts/{contact_id}")
    assert "misread" not in [entry["body"]["kind"] for entry in seen["entries"]]


NOT_ONES_OWN: tuple[tuple[dict[str, Any], str], ...] = (
    ({"text": WROTE}, "too_alike"),
    ({"text": LATER}, "too_alike"),
    ({"text": WROTE.replace("granne", "grannfru")}, "too_alike"),
    ({"text": f"Hen skrev: {WROTE.upper()} och inget mer"}, "too_alike"),
    ({"text": f"nu är jag lite snuvig, {CANARY}"}, "too_alike"),
    ({"text": "Grannen är sjuk", "reads": [{"words": "hosta", "concept": "cough", "state": "has"}]}, "bad_request"),
    ({"text": "Grannen är sjuk", "reads": [{"words": "sjuk", "concept": "nothing", "state": "has"}]}, "bad_request"),
    ({"text": "  "}, "empty"),
    ({"text": "Grannen är sjuk", "reads": None}, "empty"),
    ({"text": "ny " * 400}, "too_long"),
)


async def test_a_sentence_that_is_not_ones_own_is_refused(astrid: Somebody, sara: Somebody, leila: Somebody) -> None:
    contact_id = await marked(astrid, sara)
    (words, _) = await listed(leila)
    await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text=LATER)
    for rewritten, code in NOT_ONES_OWN:
        body = {"contact_id": contact_id, "no": words["no"], "rewritten": {**MEANT, **rewritten}}
        assert await refusal(leila, "review:rewrite", client_id=client_id(), **body) == code
    assert (await listed(leila))[0]["status"] == "open"


async def test_what_there_is_nothing_to_learn_from_is_set_aside(
    astrid: Somebody, sara: Somebody, leila: Somebody, node: Node
) -> None:
    contact_id = await marked(astrid, sara)
    (words, level) = await listed(leila)
    aside = {"contact_id": contact_id, "no": words["no"], "why": "read_rightly"}
    await leila.call("review:set_aside", client_id=client_id(), **aside)
    assert [one["no"] for one in await listed(leila)] == [level["no"]]
    lines: list[str] = []
    await export(node.settings, lines.append)
    assert lines == []
    nothing = {"contact_id": contact_id, "no": 1, "why": "read_rightly"}
    assert await refusal(leila, "review:set_aside", client_id=client_id(), **nothing) == "not_found"


async def test_only_the_patients_own_words_can_be_marked(astrid: Somebody, sara: Somebody) -> None:
    contact_id = await opened(astrid, WROTE)
    entry = await text_entry(sara, contact_id)
    for place in ({"entry": 1, **AT}, {"entry": entry, "start": 5, "end": 5}, {"entry": entry, "start": 0, "end": 999}):
        assert (
            await refusal(sara, "reading:mark", client_id=client_id(), contact_id=contact_id, **place) == "bad_request"
        )
    mark = {"entry": entry, **AT, "meant": "no such concept"}
    assert await refusal(sara, "reading:mark", client_id=client_id(), contact_id=contact_id, **mark) == "bad_request"


async def test_the_level_that_was_there_already_is_nothing_to_learn_from(
    astrid: Somebody, sara: Somebody, leila: Somebody
) -> None:
    contact_id = await opened(astrid, WROTE)
    await astrid.kept(contact_id, "understood")
    claim = await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    now = (await sara.call("contact:follow", contact_id=contact_id))["summary"]["urgency"]
    level = {"claim_no": claim["claim_no"], "urgency": now, "reason": "Ja"}
    await sara.call("urgency:set", client_id=client_id(), contact_id=contact_id, **level)
    assert await listed(leila) == []


async def test_concepts_are_known_by_name(sara: Somebody) -> None:
    named = (await sara.call("concept:list", lang="nb"))["concepts"]
    assert {"concept": "fever", "label": "feber"} in named
    assert [one["label"] for one in named] == sorted(one["label"] for one in named)
