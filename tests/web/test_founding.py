"""A care giver is added at the desk, and is its own as soon as it can decide of itself."""

from typing import Any

import pytest

from tests.web.client import RefusedError, Somebody, signed_in
from tests.web.test_directory import approve, change, propose, two
from tests.web.test_doors import refusal
from web.node import Node

__all__ = ["two"]
BELONGS = {"provider": "founded_by", "unit": "provider_id", "staff": "provider_id"}


async def test_a_care_giver_is_added_and_stands_alone_when_two_of_its_own_administer_it(
    url: str, node: Node, two: tuple[Somebody, Somebody]
) -> None:
    adam, ida = two

    async def added(what: str, by: str, **value: Any) -> str:
        told = await propose(adam, what, "", {"sheet": what, "value": {what: {**value, BELONGS[what]: by}}})
        assert told["waiting"] == []
        return str(told["of_id"])

    async def seen(somebody: Somebody) -> dict[str, str]:
        return {one["provider_id"]: one["founded_by"] for one in (await somebody.call("directory:list"))["providers"]}

    (own,) = await seen(adam)
    for by, name in (("strandkliniken", "Fyr Vård AB"), (own, (await node.directory.provider_names())[own])):
        with pytest.raises(RefusedError, match=r"not_found|sheet_invalid"):
            await added("provider", by, name=name)
    made = await added("provider", own, name="Fyr Vård AB")
    assert (await seen(ida)).keys() == {own, made}
    with pytest.raises(RefusedError, match="not_found"):  # what does not stand alone adds none itself
        await added("provider", made, name="Fyr Vård Syd AB")
    unit_id = await added("unit", made, name="Fyr Vård City", takes_chat=False)
    told = await change(adam, "provider", made, "provider", name="Fyr Omsorg AB", founded_by="")
    assert [one["lowers"] for one in told["waiting"]] == [["provider_renamed"]]
    await approve(ida, told)
    assert (await seen(adam))[made] != ""
    staff_id = ""
    for name in ("Nora Nyberg", "Olle Öhman"):
        assert made in await seen(adam)
        staff_id = await added("staff", made, name=name)
        await approve(ida, await change(adam, "staff", staff_id, "roles", roles={unit_id: ["administrator"]}))
    assert (await seen(adam)).keys() == (await seen(ida)).keys() == {own}
    assert await refusal(adam, "directory:show", of="unit", of_id=unit_id) == "not_found"
    async with signed_in(url, f"staff:{staff_id}") as olle:
        assert await seen(olle) == {made: ""}
        assert (await olle.call("directory:show", of="provider", of_id=made))["name"] == "Fyr Omsorg AB"
        (alone, *_) = (await olle.call("directory:history", of="provider", of_id=made, sheet="provider"))["events"]
        assert (alone["by"], alone["status"]) == ("directory", "in_force")
