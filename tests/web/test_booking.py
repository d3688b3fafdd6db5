"""Booked times over the wire: a lead publishes, patients book, move and cancel, staff see the day."""

from datetime import timedelta
from typing import Any

import pytest

from tests.web.client import RefusedError, Somebody, client_id, signed_in
from web.node import Node


def schedule(node: Node) -> dict[str, Any]:
    """Sara's half hours from ten to two, every day of four weeks."""
    today = node.today()
    return {
        "clinician_id": "sara",
        "type": "video",
        "length_min": 30,
        "windows": [{"weekday": day, "from_min": 600, "until_min": 840} for day in range(1, 8)],
        "from_day": today.isoformat(),
        "until_day": (today + timedelta(days=27)).isoformat(),
    }


def weeks(node: Node) -> dict[str, str]:
    """The next three."""
    now = node.clock.now()
    return {"since": now.isoformat(), "until": (now + timedelta(days=21)).isoformat()}


async def refusal(somebody: Somebody, call: str, **body: Any) -> str:
    with pytest.raises(RefusedError) as refused:
        await somebody.call(call, **body)
    return refused.value.code


async def test_a_time_from_its_schedule_to_the_day(url: str, node: Node, astrid: Somebody) -> None:
    async with signed_in(url, "staff:karin") as lead, signed_in(url, "staff:sara") as sara:
        at_unit = {"unit_id": "hamnen", "schedule": schedule(node)}
        made = await lead.call("schedule:set", client_id=client_id(), **at_unit)
        assert [one["schedule"]["clinician_id"] for one in made["schedules"]] == ["sara"]
        assert await refusal(lead, "schedule:set", client_id=client_id(), **at_unit) == "schedule_invalid"
        assert await refusal(sara, "schedule:set", client_id=client_id(), **at_unit) == "not_found"
        stranger = {**at_unit, "schedule": {**schedule(node), "clinician_id": "petra"}}
        assert await refusal(lead, "schedule:set", client_id=client_id(), **stranger) == "not_found"

        free = await astrid.call("booking:free", unit_id="hamnen", **weeks(node))
        first, second, third = [one["starts_at"] for one in free["times"][-3:]]
        wanted = {"schedule_id": free["times"][-1]["schedule_id"], "lang": "sv"}
        booked = await astrid.call("booking:book", client_id="one", starts_at=first, **wanted)
        assert await astrid.call("booking:book", client_id="one", starts_at=first, **wanted) == booked
        async with signed_in(url, "patient:nils") as nils:
            assert await refusal(nils, "booking:book", client_id="two", starts_at=first, **wanted) == "slot_taken"
            theirs = {"booking_id": booked["booking_id"], "client_id": "three"}
            assert await refusal(nils, "booking:cancel", **theirs) == "not_found"
            assert await refusal(nils, "booking:move", starts_at=second, **theirs, **wanted) == "not_found"

        moved = await astrid.call(
            "booking:move", client_id="four", booking_id=booked["booking_id"], starts_at=second, **wanted
        )
        mine = await astrid.call("booking:mine")
        assert [(one["booking_id"], one["starts_at"], one["may_move"]) for one in mine["bookings"]] == [
            (moved["booking_id"], second, True)
        ]
        day = await sara.call("booking:day", unit_id="hamnen", **weeks(node))
        assert [(one["person_id"], one["starts_at"]) for one in day["bookings"]] == [("astrid", second)]
        assert {first, third} <= {one["starts_at"] for one in day["times"]}
        assert second not in {one["starts_at"] for one in day["times"]}
        assert await refusal(lead, "booking:day", unit_id="hamnen", **weeks(node)) == "not_found"

        revoked = {"unit_id": "hamnen", "booking_id": moved["booking_id"]}
        await sara.call("booking:revoke", client_id=client_id(), **revoked)
        assert (await astrid.call("booking:mine"))["bookings"] == []
        given = {"unit_id": "hamnen", "person_id": "astrid", "starts_at": third, **wanted}
        other = await sara.call("booking:give", client_id=client_id(), **given)
        await sara.call(
            "booking:came", client_id=client_id(), unit_id="hamnen", booking_id=other["booking_id"], came=True
        )
        left = await lead.call(
            "schedule:end", client_id=client_id(), unit_id="hamnen", schedule_id=wanted["schedule_id"]
        )
        assert left["schedules"] == []
        assert (await astrid.call("booking:free", unit_id="hamnen", **weeks(node)))["times"] == []


async def test_who_waits_says_so_and_waits_no_more(node: Node, astrid: Somebody) -> None:
    wish = {"types": ["video"], "lang": "sv", "unit_id": "hamnen", **weeks(node)}
    told = await astrid.call("booking:wish", client_id=client_id(), **wish)
    (waits,) = told["wishes"]
    ended = await astrid.call("booking:unwish", client_id=client_id(), wish_id=waits["wish_id"])
    assert ended == {"bookings": [], "offers": [], "wishes": []}


async def test_a_booked_video_visit_opens_its_lobby_by_itself(url: str, node: Node, astrid: Somebody) -> None:
    async with signed_in(url, "staff:karin") as lead, signed_in(url, "staff:sara") as sara:
        await sara.call("board:follow", unit_id="hamnen")
        soon = {
            **schedule(node),
            "length_min": 5,
            "windows": [{"weekday": day, "from_min": 0, "until_min": 1440} for day in range(1, 8)],
        }
        made = await lead.call("schedule:set", client_id=client_id(), unit_id="hamnen", schedule=soon)
        day = await sara.call("booking:day", unit_id="hamnen", **weeks(node))
        given = {
            "unit_id": "hamnen",
            "person_id": "astrid",
            "schedule_id": made["schedules"][0]["schedule_id"],
            "starts_at": day["times"][1]["starts_at"],
            "lang": "sv",
        }
        booking_id = (await sara.call("booking:give", client_id=client_id(), **given))["booking_id"]
        told = await sara.until("board", lambda data: any(row["contact_id"] == booking_id for row in data["rows"]))
        (row,) = [row for row in told["rows"] if row["contact_id"] == booking_id]
        assert (row["status"], row["holder"]["name"]) == ("held", "Sara Lind")

        (own,) = (await astrid.call("booking:mine"))["bookings"]
        assert own["contact_id"] == booking_id
        followed = await astrid.call("contact:follow", contact_id=booking_id, after=0)
        visit = followed["summary"]["visit"]
        assert (visit["members"], visit["expected"]) == ([], own["starts_at"])
        named = {"contact_id": booking_id, "visit_id": visit["visit_id"]}
        assert (await astrid.call("visit:enter", **named))["place"] == "lobby"
        await sara.call("contact:follow", contact_id=booking_id, after=0)
        assert (await sara.call("visit:enter", **named))["place"] == "in"
        assert [one["status"] for one in (await astrid.call("booking:mine"))["bookings"]] == ["attended"]
        (seen,) = (await sara.call("booking:day", unit_id="hamnen", **weeks(node)))["bookings"]
        assert (seen["status"], seen["contact_id"]) == ("attended", booking_id)
        async with signed_in(url, "patient:nils") as nils:
            assert await refusal(nils, "visit:enter", **named) == "not_found"
