"""Reply templates over the wire: who may use which, who may change which."""

from typing import Any

import pytest

from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_story import opened

HEJ: dict[str, Any] = {
    "template_id": "t-hej",
    "version": 0,
    "lang": "sv",
    "abbreviation": "tja",
    "title": "Hälsa kort",
    "text": "Hej {name}!",
}


async def save(somebody: Somebody, **values: Any) -> dict[str, Any]:
    answer = await somebody.call("template:save", client_id=client_id(), **{**HEJ, **values})
    kept: dict[str, Any] = answer["template"]
    return kept


async def refusal(somebody: Somebody, **values: Any) -> str:
    with pytest.raises(RefusedError) as refused:
        await save(somebody, **values)
    return refused.value.code


async def names(somebody: Somebody, contact_id: str) -> set[str]:
    listed = await somebody.call("template:list", contact_id=contact_id)
    return {template["abbreviation"] for template in listed["templates"] if template["lang"] == "sv"}


async def test_the_list_has_the_units_and_ones_own_with_what_fills_them(astrid: Somebody, sara: Somebody) -> None:
    contact_id = await opened(astrid)
    await save(sara)
    listed = await sara.call("template:list", contact_id=contact_id)
    assert await names(sara, contact_id) == {"hej", "mer", "bild", "ring", "kollega", "samre", "tja"}
    assert listed["fills"] == {
        "name": "Astrid Holm",
        "unit": "Hamnens hälsocentral",
        "clinician": "Sara Lind",
        "phone": "08-465 004 10",
        "emergency": "112",
        "advice": "1177",
    }
    assert (listed["unit_id"], listed["may_share"]) == ("hamnen", False)


async def test_ones_own_is_nobody_elses(url: str, astrid: Somebody, sara: Somebody) -> None:
    contact_id = await opened(astrid)
    await save(sara)
    async with signed_in(url, "staff:jonas") as jonas:
        assert "tja" not in await names(jonas, contact_id)
        assert await refusal(jonas, version=1, text="Tjena") == "not_found"
    changed = await save(sara, version=1, removed=True)
    assert (changed["version"], changed["removed"]) == (2, True)
    assert "tja" not in await names(sara, contact_id)
    assert (await save(sara, version=2))["version"] == 3  # taken back
    assert "tja" in await names(sara, contact_id)


async def test_what_a_unit_says_in_common_is_changed_by_who_answers_for_it(
    url: str, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await opened(astrid)
    shared = {"shared_with": "hamnen", "review_on": "2027-05-01"}
    assert await refusal(sara, **shared) == "not_found"
    async with signed_in(url, "staff:leila") as leila, signed_in(url, "staff:adam") as adam:
        await save(leila, **{**shared, "template_id": "t-hopp", "abbreviation": "hopp"})
        assert (await save(leila, **shared))["owner_name"] == "Leila Haddad"
        assert not {"tja", "hopp"} & await names(sara, contact_id)  # nobody else has read them
        (waiting,) = (await adam.call("directory:list"))["waiting"]
        assert (waiting["sheet"], waiting["lowers"]) == ("templates", ["text_shared"])
        named = {name: waiting[name] for name in ("of", "of_id", "no")}
        await adam.call("directory:approve", client_id=client_id(), **named)
        assert {"tja", "hopp", "hej"} <= await names(sara, contact_id)
        gone = {**shared, "template_id": "t-hopp", "abbreviation": "hopp", "version": 1, "removed": True}
        await save(leila, **gone)  # what may be wrong is taken away by one
        assert "hopp" not in await names(sara, contact_id)
        assert (await adam.call("directory:list"))["waiting"] == []
        assert await refusal(leila, shared_with="strand", review_on="2027-05-01") == "not_found"
        assert await refusal(leila, version=1) == "not_found"  # a shared one does not become one's own
        assert await refusal(leila, **shared) == "behind"
        assert await refusal(leila, version=7, **shared) == "not_found"
        assert await refusal(leila, version=-1, **shared) == "not_found"


async def test_a_patient_has_no_templates(astrid: Somebody) -> None:
    contact_id = await opened(astrid)
    assert await refusal(astrid) == "not_found"
    with pytest.raises(RefusedError, match="not_found"):
        await astrid.call("template:list", contact_id=contact_id)
