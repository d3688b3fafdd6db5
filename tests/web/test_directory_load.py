"""`fyr directory import` and `export`: a real region, taken in again and again, and a service that starts on it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.clock import SystemClock
from core.directory.logins.store import Logins
from core.directory.store import Directory
from core.errors import FyrError
from core.key_file import master_keys
from core.log.seal import MasterKeys
from core.session.store import Sessions
from core.settings import Settings
from core.storage.sql import Database
from core.storage.tables import login_subject
from web.app import NODE, run_node
from web.directory_command import export_directory, import_directory

REGION = """
providers: [{id: norr, name: Region Norr}]
units:
  - id: kusten
    provider_id: norr
    name: Kustens vårdcentral
    takes_chat: true
    hours: {zone: Europe/Stockholm, week: {mon: ["08:00-12:00", "13:00-16:00"]}}
    templates:
      templates: {hej: {lang: sv, abbreviation: hej, title: Hej, text: "Hej {name}!", review_on: "2027-05-01"}}
staff:
  - {id: ulla, name: Ulla Ström, roles: {kusten: [nurse, unit_lead]}, logins: {hsa_id: SE2321000016-2ULL}}
  - {id: per, name: Per Sand, roles: {kusten: nurse}, logins: {subject: ["https://idp.example.se|per"]}}
  - {id: eva, name: Eva Lind, skills: [child], roles: {kusten: administrator}}
  - {id: olle, name: Olle Berg, roles: {kusten: administrator}}
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


async def take_in(settings: Settings, text: str, *, name: str = "region.yaml", **how: bool) -> list[str]:
    """What was said."""
    settings.data_dir.mkdir(exist_ok=True)
    path, told = settings.data_dir.parent / name, list[str]()
    path.write_text(text)
    await import_directory(
        settings, path, dry_run=how.get("dry_run", False), complete=how.get("complete", False), say=told.append
    )
    return told


async def test_it_adds_what_is_new_changes_what_is_known_and_then_nothing(settings: Settings) -> None:
    dry = await take_in(settings, REGION, dry_run=True)
    assert dry[-1] == "would take in region.yaml: added 6, changed 0, waiting for a second person 0"
    assert (await take_in(settings, REGION))[:-1] == dry[:-1]
    assert await take_in(settings, REGION) == ["took in region.yaml: added 0, changed 0, waiting for a second person 0"]
    assert await take_in(settings, REGION.replace("Per Sand", "Per Strand")) == [
        "~ staff per: staff",
        "took in region.yaml: added 0, changed 1, waiting for a second person 0",
    ]
    database = Database(settings.sql_url)
    logins = Logins(database, master_keys(settings))
    assert await logins.actor_of("hsa_id", " se2321000016-2ull") == "staff:ulla"
    assert await logins.actor_of("subject", "https://idp.example.se|per") == "staff:per"
    async with database.read() as connection:
        rows: list[Any] = list((await connection.execute(select(login_subject))).all())
    assert not any("2ULL" in str(row).upper() for row in rows)
    await database.close()


async def test_what_is_written_out_is_taken_in_again_and_changes_nothing(settings: Settings) -> None:
    await take_in(settings, REGION)
    told: list[str] = []
    await export_directory(settings, told.append)
    assert await take_in(settings, told[0], complete=True) == [
        "took in region.yaml: added 0, changed 0, waiting for a second person 0"
    ]


async def test_what_can_lower_safety_waits_for_an_administrator_however_often_it_is_taken_in(
    settings: Settings,
) -> None:
    await take_in(settings, REGION)
    fewer = REGION.replace('["08:00-12:00", "13:00-16:00"]', '["08:00-12:00"]')
    assert await take_in(settings, fewer) == [
        "~ unit kusten: hours (waits for a second person: fewer_hours)",
        "took in region.yaml: added 0, changed 0, waiting for a second person 1",
    ]
    assert (await take_in(settings, fewer))[-1].endswith("waiting for a second person 0")
    async with run_node(settings) as application:
        node = application[NODE]
        assert len(list(node.deadlines.hours("kusten").written.week["mon"])) == 2
        assert [one.waiting for one in await node.directory.members()] == [0, 0, 0, 0]


async def test_who_is_named_no_more_loses_every_role_and_way_in_where_the_file_is_complete(settings: Settings) -> None:
    await take_in(settings, REGION)
    database = Database(settings.sql_url)
    per = await Sessions(database, SystemClock()).begin("staff:per")
    without = "\n".join(line for line in REGION.splitlines() if "id: per" not in line)
    assert (await take_in(settings, without))[-1].startswith("took in region.yaml: added 0, changed 0")
    assert await take_in(settings, without, complete=True) == [
        "~ staff per: roles",
        "~ staff per: ways",
        "took in region.yaml: added 0, changed 1, waiting for a second person 0",
    ]
    actor = await Directory(database).actor("staff:per")
    assert actor is not None
    assert actor.roles == ()
    assert await Logins(database, master_keys(settings)).actor_of("subject", "https://idp.example.se|per") is None
    assert await Sessions(database, SystemClock()).find(per) is None
    await database.close()


async def test_staff_are_taken_in_from_a_sheet(settings: Settings) -> None:
    await take_in(settings, REGION)
    text = "id,name,provider_id,roles,skills,hsa_id\nnora,Nora Nyberg,norr,kusten=nurse,child,SE2321000016-1ABC\n"
    assert await take_in(settings, text, name="staff.csv") == [
        "+ staff nora: staff",
        "~ staff nora: roles (waits for a second person: role_given, skill_given)",
        "~ staff nora: ways (waits for a second person: way_given)",
        "took in staff.csv: added 1, changed 0, waiting for a second person 2",
    ]


async def test_of_two_last_nurses_in_one_file_the_second_waits_and_is_told_so(settings: Settings) -> None:
    await take_in(settings, REGION)
    without = REGION.replace("kusten: [nurse, unit_lead]", "kusten: unit_lead").replace("kusten: nurse", "")
    assert await take_in(settings, without) == [
        "~ staff ulla: roles",
        "~ staff per: roles (waits for a second person: last_of_care)",
        "took in region.yaml: added 0, changed 1, waiting for a second person 1",
    ]


async def test_of_two_last_nurses_whom_nobody_knows_at_sign_in_any_more_the_second_waits(settings: Settings) -> None:
    nurses = REGION.replace("[nurse, unit_lead]", "nurse")
    await take_in(settings, nurses)
    unknown = nurses.replace("hsa_id: SE2321000016-2ULL", "hsa_id: []")
    unknown = unknown.replace('subject: ["https://idp.example.se|per"]', "subject: []")
    assert await take_in(settings, unknown) == [
        "~ staff ulla: ways",
        "~ staff per: ways (waits for a second person: last_of_care)",
        "took in region.yaml: added 0, changed 1, waiting for a second person 1",
    ]


async def test_a_new_care_giver_in_the_file_opens_nothing_at_one_that_has_administrators(settings: Settings) -> None:
    await take_in(settings, REGION)
    new = REGION.replace("providers: [", "providers: [{id: ny, name: Ny vård}, ")
    new = new.replace(
        "id: per, name: Per Sand, roles: {kusten: nurse}", "id: per, name: Per Sand, provider_id: ny, roles: {}"
    )
    new += "  - {id: mallory, name: M, provider_id: ny, roles: {kusten: administrator}, logins: {hpr: '9144900'}}\n"
    told = await take_in(settings, new)
    assert "~ staff per: staff (waits for a second person: employer_changed)" in told
    assert "~ staff mallory: roles (waits for a second person: role_given)" in told
    database = Database(settings.sql_url)
    assert [one.roles for one in await Directory(database).members(["mallory", "per"])] == [{}, {}]
    await database.close()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kusten: nurse}", "borta: nurse}", "region.yaml:13: staff per: roles.roles.borta: no_such_unit"),
        ("logins: {hsa_id", "logins: {card", "region.yaml:12"),
        ("staff:", "people:", "unknown field `people`"),
        ('"08:00-12:00"', '"12:00-08:00"', "region.yaml:4: unit kusten: hours.week.mon: closes_before_it_opens"),
        ("id: per", "id: ulla", "region.yaml:13: staff ulla stands there twice"),
        ("name: Per Sand", "name: [Per", "region.yaml:13"),
        ("hsa_id: SE2321000016-2ULL", 'subject: ["https://idp.example.se|per"]', "way_taken"),
    ],
)
async def test_a_file_that_is_not_in_order_is_refused_with_its_line(
    settings: Settings, old: str, new: str, told: str
) -> None:
    with pytest.raises(FyrError) as refused:
        await take_in(settings, REGION.replace(old, new, 1))
    assert told in str(refused.value.data)


async def test_an_id_is_found_under_a_new_key(settings: Settings) -> None:
    await take_in(settings, REGION)
    old = (settings.data_dir / "keys").read_text().strip()
    database = Database(settings.sql_url)
    rotated = Logins(database, MasterKeys.parse(f"{MasterKeys.generate('new')},{old}"))
    assert await rotated.actor_of("hsa_id", "SE2321000016-2ULL") == "staff:ulla"
    await database.close()


async def test_a_service_starts_on_it_without_a_demonstration(settings: Settings) -> None:
    await take_in(settings, REGION)
    async with run_node(settings) as application:
        node = application[NODE]
        assert [unit.id for unit in await node.directory.units()] == ["kusten"]
        assert node.deadlines.hours("kusten").written.week == {"mon": ("08:00-12:00", "13:00-16:00")}
    with pytest.raises(FyrError, match="database_real"):
        async with run_node(Settings(data_dir=settings.data_dir, demo=True)):
            pass
