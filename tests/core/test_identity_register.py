"""The register of persons on both databases: numbers by digest, merges, proxies, and nothing that tells a number."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

import core.identity.kinds
from core.actor import Represented
from core.clock import ManualClock, to_ms
from core.directory.region import demo_region
from core.directory.store import Directory
from core.errors import FyrError
from core.identity.age_rules import age_rules
from core.identity.entries import IdentityGiven
from core.identity.kinds import IdentityState
from core.identity.loading import LOADER, load_persons
from core.identity.number import IdentityNumber
from core.identity.reading import read_number
from core.identity.register import Register
from core.identity.store import PersonRows, person_tables
from core.ids import new_id
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.sql import Database
from core.storage.tables import metadata
from core.zones import ZONES

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
OLD_KEY, NEW_KEY = MasterKeys.generate("k1"), MasterKeys.generate("k2")
KINDS = Kinds(core.identity.kinds.KINDS)
Opens = Callable[[str], Awaitable[Register]]


def number(text: str) -> IdentityNumber:
    return read_number(text, today=NOW.date())


ELIAS, VERA, ASTRID = number("201701012393"), number("200001252386"), number("97680314AS25")
OTHER = number("195009072553")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
async def open_register(database: Database, clock: ManualClock) -> AsyncIterator[Opens]:
    """A register under the keys named, on the same database; the log of the one before is stopped at the end."""
    logs: list[Log] = []

    async def opened(keys: str) -> Register:
        masters = MasterKeys.parse(keys)
        log = Log(database, KINDS, masters=masters, clock=clock, state_tables=person_tables())
        await log.start()
        logs.append(log)
        rules, zone = age_rules("se"), ZONES["se"]
        return Register(log, PersonRows(database), masters=masters, clock=clock, rules=rules, zone=zone, demo=True)

    yield opened
    for log in logs:
        await log.stop()


@pytest.fixture
async def register(open_register: Opens, database: Database) -> Register:
    """Sweden's demo, loaded."""
    opened = await open_register(OLD_KEY)
    region = demo_region("se")
    await Directory(database).load(region)
    await load_persons(opened, region.persons, today=NOW.date())
    return opened


async def refused(command: Awaitable[object]) -> str:
    with pytest.raises(FyrError) as refusal:
        await command
    return refusal.value.code


async def everything(database: Database) -> str:
    """Every row of every table of the register and of the log, as text."""
    found = []
    async with database.read() as connection:
        for table in ("identity", "person_standing", "proxy", "stream", "entry", "once"):
            found += [str(tuple(row)) for row in (await connection.execute(select(metadata.tables[table]))).all()]
    return "\n".join(found)


async def test_the_demo_is_found_by_number_and_loading_it_twice_changes_nothing(
    register: Register, database: Database
) -> None:
    before = await everything(database)
    await load_persons(register, demo_region("se").persons, today=NOW.date())
    assert await everything(database) == before
    assert [await register.find(one) for one in (ASTRID, ELIAS, VERA, OTHER)] == ["astrid", "elias", "vera", None]


async def test_no_row_of_the_database_holds_a_number(register: Register, database: Database) -> None:
    rows = await everything(database)
    assert register.digest(ELIAS) in rows
    for person in demo_region("se").persons:
        plain = number(person.number or "").value
        assert plain not in rows
        assert plain[-4:] not in [row[-6:-2] for row in rows.split("\n")]
        assert plain.encode().hex() not in rows


async def test_a_digest_needs_the_key_and_no_printing_shows_a_number(register: Register, open_register: Opens) -> None:
    other = await open_register(NEW_KEY)
    assert register.digest(ELIAS).partition(".")[2] != other.digest(ELIAS).partition(".")[2]
    given = IdentityGiven(person_id="elias", number="personnummer", value=ELIAS.value)
    state = IdentityState(person_id="elias", number="personnummer", value=ELIAS.value)
    for shown in (repr(given), str(state), f"{given}{state}"):
        assert "2393" not in shown


async def test_of_two_who_are_given_the_same_number_at_once_one_has_it(register: Register) -> None:
    for person in ("astrid", "nils"):
        await register.register(LOADER, person, client_id=new_id())
    gave = await asyncio.gather(
        *(register.give(LOADER, person, OTHER, client_id=new_id()) for person in ("astrid", "nils")),
        return_exceptions=True,
    )
    failures = [one for one in gave if one is not None]
    assert [one.code for one in failures if isinstance(one, FyrError)] == ["identity_taken"]
    assert await register.find(OTHER) in ("astrid", "nils")


async def test_a_number_gives_way_to_another_and_both_find_the_person(
    register: Register,
) -> None:
    await register.register(LOADER, "newcomer", client_id=new_id(), temporary="unknown")
    reserve = number("98240301AA06")
    await register.give(LOADER, "newcomer", reserve, client_id=new_id())
    await register.give(LOADER, "newcomer", OTHER, client_id=new_id())
    await register.end(LOADER, reserve, wrong=False, client_id=new_id())
    assert [await register.find(one) for one in (reserve, OTHER)] == ["newcomer", "newcomer"]
    rows = {row.number: row.until_ms for row in await register.rows.numbers_of("newcomer")}
    assert rows == {"reservnummer": to_ms(NOW), "personnummer": None}
    assert await refused(register.end(LOADER, reserve, wrong=False, client_id=new_id())) == "not_found"


async def test_a_number_given_to_the_wrong_person_goes_to_the_right_one_once_it_is_ended(register: Register) -> None:
    await register.give(LOADER, "astrid", OTHER, client_id=new_id())
    assert await refused(register.give(LOADER, "gunnar", OTHER, client_id=new_id())) == "identity_taken"
    await register.end(LOADER, OTHER, wrong=True, client_id=new_id())
    assert await register.find(OTHER) is None
    assert "personnummer" not in [row.number for row in await register.rows.numbers_of("astrid")]
    await register.give(LOADER, "gunnar", OTHER, client_id=new_id())
    assert await register.find(OTHER) == "gunnar"


async def test_a_newborn_is_registered_before_anybody_knows_a_number(register: Register) -> None:
    await register.register(LOADER, "baby", client_id=new_id(), temporary="newborn")
    row = await register.rows.standing("baby")
    assert row is not None
    assert (row.temporary, await register.rows.numbers_of("baby")) == ("newborn", [])


async def test_a_demo_takes_no_real_number(register: Register) -> None:
    real = number("701063-2391")
    assert await refused(register.give(LOADER, "astrid", real, client_id=new_id())) == "identity_invalid"
    assert await refused(register.find(real)) == "identity_invalid"


async def test_merged_persons_are_one_and_can_be_parted_again(register: Register) -> None:
    merge = register.merge
    await merge(LOADER, "astrid", into="nils", reason="Samma person, dubblett.", client_id=new_id())
    await merge(LOADER, "nils", into="gunnar", reason="Samma person, dubblett.", client_id=new_id())
    assert [await register.find(one) for one in (ASTRID,)] == ["gunnar"]
    represented = await register.represented_by("gunnar")
    assert {one.person_id for one in represented} == {"nils", "astrid"}
    assert await refused(merge(LOADER, "gunnar", into="astrid", reason="x", client_id=new_id())) == "not_found"
    assert await refused(merge(LOADER, "nils", into="maryam", reason="x", client_id=new_id())) == "not_found"
    assert await refused(merge(LOADER, "maryam", into="maryam", reason="x", client_id=new_id())) == "not_found"
    assert await refused(merge(LOADER, "maryam", into="nobody", reason="x", client_id=new_id())) == "not_found"
    assert await refused(merge(LOADER, "maryam", into="vera", reason=" ", client_id=new_id())) == "empty"
    await register.part(LOADER, "astrid", reason="Två personer.", client_id=new_id())
    assert await register.find(ASTRID) == "astrid"
    assert await refused(register.part(LOADER, "astrid", reason="x", client_id=new_id())) == "not_found"


async def test_whoever_stays_after_a_merge_is_protected_if_either_was(register: Register, clock: ManualClock) -> None:
    until_ms = clock.ms() + 1000
    await register.protect(LOADER, "nils", "sekretessmarkering", client_id=new_id(), until_ms=until_ms)
    await register.merge(LOADER, "nils", into="gunnar", reason="Samma person.", client_id=new_id())
    gunnar = await register.rows.standing("gunnar")
    assert gunnar is not None
    assert (gunnar.protection, gunnar.protected_until_ms) == ("sekretessmarkering", until_ms)
    await register.part(LOADER, "nils", reason="Två personer.", client_id=new_id())
    assert "gunnar" in await register.rows.protected(now_ms=clock.ms())


async def test_a_ring_of_merges_ends(register: Register) -> None:
    """Two nodes may merge two persons into each other at the same moment."""
    both = (("astrid", "nils"), ("nils", "astrid"))
    await asyncio.gather(
        *(register.merge(LOADER, one, into=other, reason="x", client_id=new_id()) for one, other in both),
        return_exceptions=True,
    )
    assert await register.rows.survivor("astrid") in ("astrid", "nils")
    assert await register.rows.merged_into("astrid") in ([], ["nils"])


async def test_a_guardian_stands_for_a_child_until_the_birthday(register: Register, clock: ManualClock) -> None:
    thirteenth = to_ms(datetime(2030, 1, 1, tzinfo=ZONES["se"]))
    assert await register.represented_by("nils") == (Represented(person_id="elias", until_ms=thirteenth),)
    assert await register.represented_by("astrid") == ()
    clock.advance(milliseconds=thirteenth - clock.ms() - 1)
    assert await register.represented_by("nils") != ()
    clock.advance(milliseconds=1)
    assert await register.represented_by("nils") == ()


@pytest.mark.parametrize("protected", ["elias", "nils"])
async def test_no_proxy_where_either_is_protected(register: Register, protected: str) -> None:
    await register.protect(LOADER, protected, "sekretessmarkering", client_id=new_id())
    assert await register.represented_by("nils") == ()
    await register.protect(LOADER, protected, None, client_id=new_id())
    assert await register.represented_by("nils") != ()


async def test_a_protection_with_an_end_ends(register: Register, clock: ManualClock) -> None:
    until_ms = clock.ms() + 1000
    await register.protect(LOADER, "astrid", "fingerade_uppgifter", client_id=new_id(), until_ms=until_ms)
    assert (await register.rows.protected(now_ms=clock.ms(), among=["astrid", "nils"])) == {
        "astrid": "fingerade_uppgifter"
    }
    assert (await register.rows.protected(now_ms=until_ms)) == {"vera": "skyddad_folkbokforing"}


async def test_an_ended_proxy_is_none(register: Register) -> None:
    end = register.end_proxy
    await end(LOADER, "elias", proxy_id="nils", basis="guardian", client_id=new_id())
    assert await register.represented_by("nils") == ()
    assert await refused(end(LOADER, "elias", proxy_id="astrid", basis="guardian", client_id=new_id())) == "not_found"


async def test_under_a_new_key_numbers_are_found_and_resealing_lets_the_old_one_go(
    register: Register, open_register: Opens
) -> None:
    turned = await open_register(f"{NEW_KEY},{OLD_KEY}")
    assert await turned.find(ELIAS) == "elias"
    ended = number("98240301AA06")
    await register.give(LOADER, "astrid", ended, client_id=new_id())
    await register.end(LOADER, ended, wrong=False, client_id=new_id())
    assert await turned.reseal(LOADER) == 7
    assert await turned.reseal(LOADER) == 0
    assert [await turned.find(one) for one in (ELIAS, ended)] == ["elias", "astrid"]
    digests = [row.digest for row in await turned.rows.numbers_of("astrid")]
    assert len(digests) == 2
    assert all(digest.startswith("k2.") for digest in digests)


async def test_ages_are_those_of_the_place(register: Register) -> None:
    assert register.may_act_alone(date(2013, 11, 26))
    assert not register.may_act_alone(date(2013, 11, 27))
