"""Whatever is lost, late or said twice between two nodes, each call is answered once and written once."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.actor import Actor
from core.clock import ManualClock
from web.push.errands import LATE_MS, NOT_CARRIED_OUT, Answer, Carry, Errand, Errands, Tell
from web.push.homes import Homes
from web.push.peers import Here, Peers

ACTORS = tuple(Actor(id=f"patient:{name}", kind="patient", name=name) for name in ("astrid", "nils"))
NODES = st.sampled_from((0, 1))


class Line:
    """One node's way to the other: what it has said lies here until it is delivered, or lost."""

    def __init__(self, node: str, other: str, clock: ManualClock) -> None:
        self.node = node
        self.peers = Peers(clock)
        self.homes = Homes(node, self.peers)
        self.said: list[Errand | Answer] = []
        self.peers.heard(other, 1, Here(carries=True))

    def send(self, errand: Errand) -> None:
        self.said.append(errand)

    def answer(self, answer: Answer) -> None:
        self.said.append(answer)

    def alive(self) -> None:
        pass


class TwoNodes(RuleBasedStateMachine):
    """Two nodes write to one record, in which a call lies once however often it is carried out."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
        self.lines = [Line("a", "b", self.clock), Line("b", "a", self.clock)]
        self.nodes = [Errands(line, self._carrier(number), self.clock) for number, line in enumerate(self.lines)]
        self.record: dict[bytes, tuple[int, str]] = {}
        self.waiting: list[tuple[Tell, bytes]] = []
        self.asked: list[bytes] = []
        self.answers: Counter[bytes] = Counter()

    def _carrier(self, number: int) -> Carry:
        def carry(name: str, actor: Actor, body: bytes, *, tell: Tell) -> bool:
            assert name == "message:post"
            self.record.setdefault(body, (number, actor.id))
            self.waiting.append((tell, body))
            return True

        return carry

    def do(self, work: Callable[[], object]) -> None:
        """Within a loop, as everything happens."""

        async def working() -> None:
            work()

        self.runner.run(working())

    @rule(number=NODES, contact=st.integers(0, 20), who=st.sampled_from(ACTORS))
    def somebody_calls(self, number: int, contact: int, who: Actor) -> None:
        body = b"%d" % len(self.asked)
        self.asked.append(body)

        def heard(answer: bytes) -> None:
            assert answer == body
            self.answers[body] += 1

        def call() -> None:
            node = self.nodes[number]
            if not node.send(f"{contact}", "message:post", actor=who, body=body, tell=heard):
                self.record.setdefault(body, (number, who.id))
                heard(body)

        self.do(call)

    @rule(number=NODES, count=st.integers(1, 3), twice=st.booleans())
    def what_was_said_arrives(self, number: int, count: int, twice: bool) -> None:
        line, hearer = self.lines[number], self.nodes[1 - number]
        said, line.said = line.said[:count], line.said[count:]
        for _ in range(2 if twice else 1):
            self.do(lambda: self._hear(hearer, line.node, said))

    def _hear(self, hearer: Errands, sender: str, said: list[Errand | Answer]) -> None:
        self.lines[self.nodes.index(hearer)].peers.heard(sender, 2, None)
        hearer.heard(sender, missed=False)
        for one in said:
            if isinstance(one, Errand):
                hearer.carry_out(sender, one)
            else:
                hearer.answered(one)

    @rule(number=NODES)
    def what_was_said_is_lost_and_it_is_noticed(self, number: int) -> None:
        line, hearer = self.lines[number], self.nodes[1 - number]
        line.said.clear()
        self.do(self.nodes[number].unheard)
        self.do(lambda: hearer.heard(line.node, missed=True))

    @rule(late_ms=st.sampled_from((1, LATE_MS + 1)))
    def time_passes(self, late_ms: int) -> None:
        self.clock.advance(milliseconds=late_ms)

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def the_record_has_it(self, data: st.DataObject) -> None:
        tell, body = self.waiting.pop(data.draw(st.integers(0, len(self.waiting) - 1)))
        self.do(lambda: tell(body))

    @invariant()
    def nobody_is_answered_twice_or_before_it_is_written(self) -> None:
        for body, times in self.answers.items():
            assert times == 1
            assert body in self.record

    def teardown(self) -> None:
        for number in (0, 1):
            self.what_was_said_is_lost_and_it_is_noticed(number)
        while self.waiting:
            tell, body = self.waiting.pop()
            self.do(lambda tell=tell, body=body: tell(body))  # type: ignore[misc]
        self.nobody_is_answered_twice_or_before_it_is_written()
        assert sorted(self.answers) == sorted(self.asked)
        assert all(not len(node) for node in self.nodes)
        for node in self.nodes:
            self.do(node.stop)
        self.runner.close()
        super().teardown()


TestTwoNodes = TwoNodes.TestCase


async def test_an_errand_of_somebody_this_version_cannot_read_is_handed_back() -> None:
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    line = Line("a", "b", clock)
    carried: list[str] = []

    def carry(name: str, actor: Actor, body: bytes, *, tell: Tell) -> bool:
        carried.append(name)
        return False

    errands = Errands(line, carry, clock)
    for number, actor in enumerate((b"", b"\xc1", msgspec.msgpack.encode({"kind": "oracle"}))):
        errands.carry_out("b", Errand("a", number, clock.ms(), "message:post", actor, b"{}"))
    errands.carry_out("b", Errand("elsewhere", 3, clock.ms(), "message:post", b"", b"{}"))
    assert not carried
    errands.carry_out("b", Errand("a", 4, clock.ms(), "unknown:call", msgspec.msgpack.encode(ACTORS[0]), b"{}"))
    assert carried == ["unknown:call"]
    assert line.said == [Answer("b", number, NOT_CARRIED_OUT) for number in (0, 1, 2, 4)]
    errands.stop()
