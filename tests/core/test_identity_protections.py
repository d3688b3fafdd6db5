"""Who is protected, as every view asks: what could not be told is told again."""

from collections.abc import Collection
from datetime import UTC, datetime

import pytest

from core.clock import ManualClock
from core.errors import FyrError
from core.identity.age_rules import age_rules
from core.identity.kinds import KINDS
from core.identity.loading import LOADER
from core.identity.protections import Protections
from core.identity.register import Register
from core.identity.store import PersonRows, person_tables
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.sql import Database
from core.zones import ZONES


async def test_a_board_that_could_not_be_told_of_a_protection_is_told_with_the_next_look(database: Database) -> None:
    clock, masters = ManualClock(datetime(2026, 11, 26, 12, tzinfo=UTC)), MasterKeys.parse(MasterKeys.generate())
    log = Log(database, Kinds(KINDS), masters=masters, clock=clock, state_tables=person_tables())
    rows, zone = PersonRows(database), ZONES["se"]
    register = Register(log, rows, masters=masters, clock=clock, rules=age_rules("se"), zone=zone, demo=True)
    protections, told = Protections(rows, clock), list[Collection[str]]()
    away = True

    async def tell(changed: Collection[str]) -> None:
        if away:
            raise FyrError("unreachable", what="PostgreSQL")
        told.append(changed)

    protections.when_changed = tell
    await log.start()
    await register.protect(LOADER, "astrid", "sekretessmarkering", client_id="once")
    with pytest.raises(FyrError, match="unreachable"):
        await protections.look()
    assert protections.of_person("astrid") == "sekretessmarkering"
    away = False
    await protections.look()
    await log.stop()
    assert told == [{"astrid"}]
