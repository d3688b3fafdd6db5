"""Routing over real sockets: the steps and who sees them, who waits for whom, and leases that end."""

from typing import Any

import pytest

from carequeue.routing.rules import RoutingRules, parse_routing
from carequeue.state import Place
from core.ids import ContactId, contact_stream
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_duty import stand
from tests.web.test_story import opened
from web.node import Node
from web.routing import Seekers
from web.waits import about

RULES = """
version: 1
standard:
  languages: [sv, nb, en]
  continuity_min: 2
  language_min: {very_urgent: 1, urgent: 5, within_24h: 30, routine: 60, self_care: 60}
  competence_min: {very_urgent: 1, urgent: 5, within_24h: 30, routine: 60, self_care: 60}
  source: t
  review: proposed
units:
  hamnen:
    {overflow: [lyktan], daily_cap: 1, source: t, closed_text: {sv: "Ring 1177.", nb: "Ring 116117.", en: "Call."}}
services: [{id: throat, name: {sv: Hals, nb: Hals, en: Throat}, responsible: gp, units: [lyktan]}]
staff: {sara: ["lang:ar"]}
"""


@pytest.fixture
def rules(node: Node, monkeypatch: pytest.MonkeyPatch) -> RoutingRules:
    """Other rules than those that are shipped."""
    written = parse_routing(RULES)
    monkeypatch.setattr(node.router, "rules", written)
    return written


async def steps_of(somebody: Somebody, contact_id: str) -> list[dict[str, Any]]:
    """Of the newest entry that says where it waits, as they see it."""
    seen = await somebody.call("contact:follow", contact_id=contact_id)
    (*_, queued) = [entry["body"] for entry in seen["entries"] if entry["body"]["kind"] == "queued"]
    return list(queued["steps"])


async def test_staff_see_each_step_and_patients_those_that_are_theirs(
    astrid: Somebody, sara: Somebody, rules: RoutingRules
) -> None:
    await stand(sara, "on")
    contact_id = (
        await astrid.call(
            "contact:open", client_id=client_id(), subject="self", lang="sv", text="Ont i halsen", speaks="ar"
        )
    )["contact_id"]
    assert [(one["policy"], one["outcome"]) for one in await steps_of(sara, contact_id)] == [
        ("registered", "met"),
        ("language", "needs"),
    ]
    assert [one["policy"] for one in await steps_of(astrid, contact_id)] == ["registered"]
    board = await sara.call("board:follow", unit_id="hamnen")
    assert [row["needs"] for row in board["rows"] if row["contact_id"] == contact_id] == [["lang:ar"]]


async def test_only_who_has_the_language_is_given_it_and_anyone_may_choose_it(
    url: str, astrid: Somebody, sara: Somebody, rules: RoutingRules
) -> None:
    await stand(sara, "on")
    opened_one = await astrid.call(
        "contact:open", client_id=client_id(), subject="self", lang="sv", text="Ont i halsen", speaks="ar"
    )
    async with signed_in(url, "staff:jonas") as jonas:
        with pytest.raises(RefusedError, match="nothing_waiting"):
            await jonas.call("queue:claim_next", unit_ids=["hamnen"], client_id=client_id())
    claim = await sara.call("queue:claim_next", unit_ids=["hamnen"], client_id=client_id())
    assert claim["contact_id"] == opened_one["contact_id"]


async def test_a_language_is_a_code_and_no_words_of_the_patient(astrid: Somebody) -> None:
    for speaks in ("jag talar arabiska", "ar lang:sv", "AR", "a"):
        with pytest.raises(RefusedError, match="bad_request"):
            await astrid.call(
                "contact:open", client_id=client_id(), subject="self", lang="sv", text="Ont i halsen", speaks=speaks
            )


async def test_how_long_people_wait_is_kept_by_the_language_they_are_to_be_answered_in(
    astrid: Somebody, node: Node
) -> None:
    found = []
    for speaks in ("ar", None):
        told = await astrid.call(
            "contact:open", client_id=client_id(), subject="self", lang="sv", text="Ont i halsen", speaks=speaks
        )
        found.append(about((await node.log.head(contact_stream(ContactId(told["contact_id"])))).state).lang)
    assert found == ["ar", "sv"]


async def test_a_service_is_told_of_and_leads_to_its_unit_and_no_other_text_is_taken_for_one(
    astrid: Somebody, node: Node, rules: RoutingRules
) -> None:
    now = await astrid.call("duty:ask", service="throat")
    assert (now["unit"], [one["id"] for one in now["services"]]) == ("Lyktans hälsocentral", ["throat"])
    for asked, kept in (("throat", "throat"), ("Ont i bröstet " * 99, "")):
        heads = await node.log.heads([contact_stream(ContactId(await opened(astrid, service=asked)))])
        assert [head.state.get(Place).service for head in heads.values()] == [kept]


async def test_a_closed_unit_s_words_and_who_takes_what_comes(
    astrid: Somebody, sara: Somebody, node: Node, rules: RoutingRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    closes = {"hamnen"}
    monkeypatch.setattr(node.deadlines, "opens_ms", lambda unit_id, at_ms: at_ms + 60_000 * (unit_id in closes))
    now = await astrid.call("duty:ask")
    assert (now["unit"], now["instead_of"]) == ("Lyktans hälsocentral", "Hamnens hälsocentral")
    closes.add("lyktan")
    now = await astrid.call("duty:ask")
    assert (now["unit"], now["instead_of"], now["told"]["sv"]) == ("Hamnens hälsocentral", "", "Ring 1177.")
    await stand(sara, "on")
    assert (await astrid.call("duty:ask"))["told"] == {}


async def test_who_pauses_is_given_nothing_new(astrid: Somebody, sara: Somebody) -> None:
    await astrid.call("contact:open", client_id=client_id(), subject="self", lang="sv", text="Ont i halsen")
    await stand(sara, "paused")
    with pytest.raises(RefusedError, match="intake_paused"):
        await sara.call("queue:claim_next", unit_ids=["hamnen"], client_id=client_id())
    await stand(sara, "on")
    assert (await sara.call("queue:claim_next", unit_ids=["hamnen"], client_id=client_id()))["claim_no"] == 1


async def test_a_board_is_told_what_is_held_without_a_line(astrid: Somebody, sara: Somebody, node: Node) -> None:
    contact_id = await opened(astrid)
    await sara.call("board:follow", unit_id="hamnen")
    await sara.call("queue:claim", contact_id=contact_id, client_id=client_id())
    rows = await node.places.get([ContactId(contact_id)])
    node.leases.running_out([(rows[ContactId(contact_id)], 1_764_000_000_000)])
    told = await sara.until("leases", lambda event: event["unit_id"] == "hamnen")
    assert told["ends"] == {contact_id: "2025-11-24T16:00:00.000Z"}
    assert (await sara.call("board:follow", unit_id="hamnen"))["leases"] == told["ends"]
    node.leases.running_out([])
    assert (await sara.until("leases", lambda event: event["ends"] == {}))["unit_id"] == "hamnen"


async def test_who_had_an_earlier_contact_of_the_patient_is_known(astrid: Somebody, sara: Somebody, node: Node) -> None:
    first = await opened(astrid)
    claim = await sara.call("queue:claim", contact_id=first, client_id=client_id())
    await sara.call(
        "contact:close",
        contact_id=first,
        client_id=client_id(),
        claim_no=claim["claim_no"],
        reason="self_care_advice",
        safety_net="Hör av dig igen.",
        understood="said",
    )
    again = await opened(astrid)
    seeker = await Seekers(node).of(await node.log.head(contact_stream(ContactId(again))))
    assert seeker.known_to == ("sara",)
