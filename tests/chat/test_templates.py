"""Reply templates: versions that are never changed, on both databases, and the texts that come with the service."""

import asyncio
from datetime import UTC, datetime

import msgspec
import pytest

from chat.starter import starter_templates
from chat.store import Templates
from chat.template import PLACE, Template, check_template
from core.clock import ManualClock
from core.errors import FyrError
from core.storage.sql import Database

CLOCK = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
OWN = Template(
    template_id="t1",
    version=1,
    owner_id="sara",
    owner_name="Sara Lind",
    lang="sv",
    abbreviation="hej",
    title="Hälsa",
    text="Hej {name}!",
)
SHARED = msgspec.structs.replace(OWN, template_id="t2", unit_id="hamnen", review_on="2027-05-01")


def changed(template: Template, **values: object) -> Template:
    return msgspec.structs.replace(template, **values)


@pytest.fixture
def templates(database: Database) -> Templates:
    return Templates(database, CLOCK)


async def test_own_are_seen_by_their_owner_and_shared_ones_where_they_are_shared(templates: Templates) -> None:
    await templates.add(OWN, client_id="a")
    await templates.add(SHARED, client_id="b")
    assert await templates.usable("sara", ["hamnen"]) == [OWN, SHARED]
    assert await templates.usable("jonas", ["hamnen"]) == [SHARED]
    assert await templates.usable("sara", ["lyktan"]) == [OWN]
    assert await templates.usable("jonas", []) == []


async def test_an_edit_is_a_new_version_and_the_old_ones_stay(templates: Templates) -> None:
    second = changed(OWN, version=2, text="Hej och välkommen {name}!")
    gone = changed(second, version=3, removed=True)
    for version in (OWN, second, gone):
        await templates.add(version, client_id=f"v{version.version}")
        assert await templates.usable("sara", []) == ([] if version.removed else [version])
    assert await templates.versions("t1") == [OWN, second, gone]


async def test_the_same_version_sent_again_changes_nothing(templates: Templates) -> None:
    await templates.add(OWN, client_id="a")
    await templates.add(OWN, client_id="a")
    assert await templates.versions("t1") == [OWN]


async def test_of_two_who_change_the_same_version_one_is_told_to_look_again(templates: Templates) -> None:
    await templates.add(SHARED, client_id="a")
    both = [changed(SHARED, version=2, owner_id=name, text=f"Från {name}") for name in ("leila", "sara")]
    done = await asyncio.gather(*(templates.add(one, client_id=one.owner_id) for one in both), return_exceptions=True)
    refused = [failure for failure in done if failure is not None]
    assert len(refused) == 1
    assert isinstance(refused[0], FyrError)
    assert refused[0].code == "behind"
    assert len(await templates.versions("t2")) == 2


async def test_a_unit_begins_with_the_starters_once_and_keeps_its_own_changes(templates: Templates) -> None:
    starters = starter_templates(["hamnen"])
    await templates.start(starters)
    mine = changed(starters[0], version=2, owner_id="leila", owner_name="Leila Haddad", text="Hej på dig {name}!")
    await templates.add(mine, client_id="a")
    await templates.start(starters)
    usable = await templates.usable("jonas", ["hamnen"])
    assert mine in usable
    assert len(usable) == len(starters)


@pytest.mark.parametrize("starter", starter_templates(["hamnen"]), ids=lambda starter: starter.template_id)
def test_no_starter_calms_without_a_safety_net(starter: Template) -> None:
    assert {"emergency"} <= set(PLACE.findall(starter.text))


def test_every_language_has_the_same_starters() -> None:
    by_language = {lang: [one for one in starter_templates(["x"]) if one.lang == lang] for lang in ("sv", "nb", "en")}
    places = [[sorted(PLACE.findall(one.text)) for one in found] for found in by_language.values()]
    assert places[0] == places[1] == places[2]
    for found in by_language.values():
        assert len({one.abbreviation for one in found}) == len(found) > 0


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": "  "}, "empty"),
        ({"text": "\n"}, "empty"),
        ({"title": "x" * 81}, "too_long"),
        ({"text": "x" * 4_001}, "too_long"),
        ({"abbreviation": "två ord"}, "bad_request"),
        ({"abbreviation": "/hej"}, "bad_request"),
        ({"abbreviation": ""}, "bad_request"),
        ({"text": "Hej {personnummer}"}, "bad_request"),
        ({"text": "Hej {}"}, "bad_request"),
        ({"review_on": "i vår"}, "bad_request"),
        ({"unit_id": "hamnen", "review_on": ""}, "bad_request"),
    ],
)
def test_what_could_not_be_used_is_refused(values: dict[str, object], code: str) -> None:
    with pytest.raises(FyrError, match=code):
        check_template(changed(OWN, **values))
