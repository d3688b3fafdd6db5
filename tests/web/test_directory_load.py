"""`fyr directory load`: a region that is real, loaded again and again, and a service that starts on it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.clock import SystemClock
from core.directory.filling.store import Counts, Filling
from core.directory.logins.store import Logins
from core.directory.region import read_region
from core.directory.store import Directory
from core.errors import FyrError
from core.log.seal import MasterKeys
from core.session.store import Sessions
from core.settings import Settings
from core.storage.sql import Database
from core.storage.tables import login_subject
from web.app import NODE, run_node
from web.directory_command import load_directory

REGION = """
providers: [{id: norr, name: Region Norr}]
units: [{id: kusten, provider_id: norr, name: Kustens vårdcentral, takes_chat: true}]
staff:
  - {id: ulla, name: Ulla Ström, roles: {kusten: [nurse, unit_lead]}, logins: {hsa_id: SE2321000016-2ULL}}
  - {id: per, name: Per Sand, roles: {kusten: nurse}, logins: {subject: ["https://idp.example.se|per"]}}
"""
MASTERS = MasterKeys.parse(MasterKeys.generate())


def filling(database: Database, masters: MasterKeys = MASTERS) -> tuple[Filling, Logins]:
    logins = Logins(database, masters)
    return Filling(database, logins, SystemClock()), logins


async def load(database: Database, text: str) -> Counts:
    return await filling(database)[0].load(read_region(text.encode(), "region.yaml"))


async def test_it_adds_what_is_new_changes_what_is_known_and_then_nothing(database: Database) -> None:
    assert await load(database, REGION) == Counts(added=4)
    assert await load(database, REGION) == Counts()
    assert await load(database, REGION.replace("Per Sand", "Per Strand")) == Counts(changed=1)
    assert await filling(database)[1].actor_of("hsa_id", " se2321000016-2ull") == "staff:ulla"
    assert await filling(database)[1].actor_of("subject", "https://idp.example.se|per") == "staff:per"


async def test_who_is_named_no_more_keeps_a_name_and_loses_everything_else(database: Database) -> None:
    await load(database, REGION)
    sessions = Sessions(database, SystemClock())
    per, ulla = await sessions.begin("staff:per"), await sessions.begin("staff:ulla")
    without = "\n".join(line for line in REGION.splitlines() if "id: per" not in line)
    assert await load(database, without) == Counts(without_roles=1, signed_out=1)
    actor = await Directory(database).actor("staff:per")
    assert actor is not None
    assert actor.roles == ()
    assert await filling(database)[1].actor_of("subject", "https://idp.example.se|per") is None
    assert await sessions.find(per) is None
    assert await sessions.find(ulla) is not None


async def test_who_loses_one_role_of_two_is_signed_out_and_signs_in_again_with_the_other(database: Database) -> None:
    await load(database, REGION)
    token = await Sessions(database, SystemClock()).begin("staff:ulla")
    assert await load(database, REGION.replace("[nurse, unit_lead]", "nurse")) == Counts(signed_out=1)
    assert await Sessions(database, SystemClock()).find(token) is None


async def test_two_known_by_one_id_refuse_the_whole(database: Database) -> None:
    twice = REGION.replace('subject: ["https://idp.example.se|per"]', "hsa_id: se2321000016-2ull")
    with pytest.raises(FyrError, match="settings_invalid"):
        await load(database, twice)
    assert await Directory(database).staff_ids() == []


async def test_ids_lie_there_as_digests_and_are_found_under_a_new_key(database: Database) -> None:
    await load(database, REGION)
    async with database.read() as connection:
        rows: list[Any] = list((await connection.execute(select(login_subject))).all())
    assert not any("2ULL" in str(row).upper() for row in rows)
    old = MasterKeys.generate("old")
    own, logins = filling(database, MasterKeys.parse(old))
    await own.load(read_region(REGION.encode(), "region.yaml"))
    rotated = Logins(database, MasterKeys.parse(f"{MasterKeys.generate('new')},{old}"))
    assert await rotated.actor_of("hsa_id", "SE2321000016-2ULL") == "staff:ulla"
    assert rotated.digest("hsa_id", "x") != logins.digest("hsa_id", "x")


@pytest.mark.parametrize(
    ("old", "new"), [("kusten: nurse", "borta: nurse"), ("logins: {hsa_id", "logins: {card"), ("staff:", "people:")]
)
async def test_a_file_that_is_not_in_order_is_refused(database: Database, old: str, new: str) -> None:
    with pytest.raises(FyrError, match="settings_invalid"):
        await load(database, REGION.replace(old, new, 1))


async def test_a_service_starts_on_it_without_a_demonstration(tmp_path: Path) -> None:
    (tmp_path / "region.yaml").write_text(REGION)
    settings, told = Settings(data_dir=tmp_path / "data"), list[str]()
    for _ in range(2):
        await load_directory(settings, tmp_path / "region.yaml", told.append)
    assert "added 4, changed 0" in told[0]
    assert "added 0, changed 0, without roles now 0, signed out 0" in told[1]
    async with run_node(settings) as application:
        assert [unit.id for unit in await application[NODE].directory.units()] == ["kusten"]
    with pytest.raises(FyrError, match="database_real"):
        async with run_node(Settings(data_dir=tmp_path / "data", demo=True)):
            pass
