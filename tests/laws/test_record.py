"""Whatever people do in whatever order: nothing acknowledged is lost, nothing happens twice, screens are the record.

Sending, repeating, hanging up before the answer, several at once on two nodes, restarts, reading, correcting, claiming,
handing back and closing, on the real log in SQLite and in PostgreSQL. What must hold is the reckoning of the storm.
"""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from core.ids import new_id
from core.storage.sql import Database
from core.storage.tables import metadata
from tests.conftest import postgres_url
from tests.laws.house import (
    NURSES,
    PATIENTS,
    UNITS,
    House,
    assess,
    claiming,
    correcting,
    letting_go,
    opening,
    writing,
)

WHATS = ("open", "write", "write", "correct", "answer", "claim", "claim_this", "hand_back", "close", "repeat", "assess")
STEPS = st.tuples(st.sampled_from(WHATS), st.integers(0, 11), st.integers(0, 1))
"""What, whose or which, and on which node."""
Step = tuple[str, int, int]
OF_THE_SCHEMA = {"about", "alembic_version"}
RECKONED_EVERY = 8
"""Steps; and at the end."""


class Laws(RuleBasedStateMachine):
    """One record of its own for each run."""

    fresh: Callable[[], str]
    nodes: int

    def __init__(self) -> None:
        super().__init__()
        self._steps = 0
        self._runner = asyncio.Runner()
        self._house = House(Database(type(self).fresh()), self.nodes)
        self._run(self._house.start())

    def _run(self, what: Any) -> Any:
        return self._runner.run(what)

    @rule(step=STEPS)
    def do(self, step: Step) -> None:
        self._house.next_turn()
        self._run(self._do(step))

    @rule(steps=st.lists(STEPS, min_size=2, max_size=6))
    def do_at_once(self, steps: list[Step]) -> None:
        self._house.next_turn()

        async def all_of_them() -> None:
            await asyncio.gather(*map(self._do, steps))

        self._run(all_of_them())

    @precondition(lambda self: self._house.commands)
    @rule(number=st.integers(0, 99), on=st.integers(0, 1))
    def send_again_and_hang_up(self, number: int, on: int) -> None:
        self._house.next_turn()
        self._run(self._house.hang_up(self._house.commands[number % len(self._house.commands)], on))

    @rule(on=st.integers(0, 1))
    def restart(self, on: int) -> None:
        self._run(self._house.restart(on))

    @precondition(lambda self: self._house.contacts)
    @rule(number=st.integers(0, 11))
    def look(self, number: int) -> None:
        house = self._house
        contact_id = house.contacts[number % len(house.contacts)]
        self._run(house.look(NURSES[number % len(NURSES)], contact_id))
        self._run(house.look(self._house.owners[contact_id], contact_id))

    @invariant()
    def everything_holds(self) -> None:
        self._steps += 1
        if self._steps % RECKONED_EVERY == 0:
            assert self._run(self._house.reckon()).told == []

    def teardown(self) -> None:
        assert self._run(self._house.reckon()).told == []
        self._run(self._house.stop())
        self._runner.close()

    async def _do(self, step: Step) -> None:
        what, number, on = step
        house = self._house
        if what == "open":
            patient, text = PATIENTS[number % len(PATIENTS)], new_id()
            act = opening(house, patient, UNITS[number % len(UNITS)], text)
            await house.send(patient, "contact:open", act, on=on, says=text)
        elif what == "claim":
            nurse = NURSES[number % len(NURSES)]
            await house.send(nurse, "queue:claim_next", claiming(house, nurse, None), on=on)
        elif what == "repeat" and house.commands:
            await house.carry_out(house.commands[number % len(house.commands)], on)
        elif what in ("answer", "hand_back", "close") and house.claims:
            await self._under_claim(step)
        elif what in ("write", "correct", "claim_this", "assess") and house.contacts:
            await self._in_contact(step, house.contacts[number % len(house.contacts)])

    async def _in_contact(self, step: Step, contact_id: str) -> None:
        what, number, on = step
        house, text = self._house, new_id()
        nurse, patient = NURSES[number % len(NURSES)], house.owners[contact_id]
        if what == "write":
            await house.send(patient, "message:post", writing(patient, contact_id, text), on=on, says=text)
        elif what == "correct":
            await house.send(patient, "reading:correct", correcting(patient, contact_id), on=on)
        elif what == "claim_this":
            await house.send(nurse, "queue:claim_next", claiming(house, nurse, contact_id), on=on)
        else:
            await assess(house.node(on), contact_id)

    async def _under_claim(self, step: Step) -> None:
        """Under any claim there ever was, most of them long over."""
        what, number, on = step
        house = self._house
        nurse, claim = house.claims[-1 - number % len(house.claims)]
        if what == "answer":
            text, seen_no = new_id(), (await house.look(nurse, claim.contact_id)).head - number % 3
            act = writing(nurse, claim.contact_id, text, claim_no=claim.claim_no, seen_no=seen_no)
            await house.send(nurse, "message:post", act, on=on, says=text, seen_no=seen_no)
        else:
            act = letting_go(nurse, claim, close=what == "close")
            call = "contact:close" if what == "close" else "queue:hand_back"
            await house.send(nurse, call, act, on=on)


def hold(fresh: Callable[[], str], *, nodes: int) -> None:
    machine = type("LawsHere", (Laws,), {"fresh": staticmethod(fresh), "nodes": nodes})
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    chosen = settings(max_examples=12, stateful_step_count=25, suppress_health_check=slow, deadline=None)
    run_state_machine_as_test(machine, settings=chosen)


def migrated(url: str) -> None:
    async def bring_up_to_date() -> None:
        database = Database(url)
        await database.migrate()
        await database.close()

    asyncio.run(bring_up_to_date())


def test_the_laws_hold_on_sqlite(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    migrated(f"sqlite+aiosqlite:///{empty}")

    def fresh() -> str:
        return f"sqlite+aiosqlite:///{shutil.copy(empty, tmp_path / f'{new_id()}.db')}"

    hold(fresh, nodes=1)


def test_the_laws_hold_on_two_nodes_on_postgresql(request: pytest.FixtureRequest) -> None:
    postgres = request.getfixturevalue("postgres")
    url = postgres_url(postgres)
    migrated(url)
    tables = ", ".join(sorted(metadata.tables.keys() - OF_THE_SCHEMA))

    def fresh() -> str:
        postgres.psql(f"\\connect {Database(url).url.database}\nTRUNCATE {tables};")
        return url

    hold(fresh, nodes=2)
