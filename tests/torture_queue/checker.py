"""The reckoning: claims against what waited, by the times of their commits. Pure. The package says what counts."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from carequeue.capacity import Capacity
from carequeue.order import OrderKey
from core.ids import ContactId
from tests.torture_queue.attempt import Attempt
from tests.torture_queue.history import Span

WAITED_S = 1.0
PARKED_S = 1.0
"""A claim broken off keeps what it parked from others for no longer than this; one that takes longer to be answered may
have parked another before, which it was refused or was a repeat of."""


@dataclass(slots=True)
class Findings:
    """What is wrong. All of it must be zero."""

    contacts: int = 0
    claims: int = 0
    lost: int = 0
    held_twice: int = 0
    out_of_order: int = 0
    idle_while_waiting: int = 0
    told: list[str] = field(default_factory=list)

    def note(self, what: str, name: str) -> None:
        """Count, and name where."""
        setattr(self, what, getattr(self, what) + 1)
        self.told.append(f"{what}: {name}")


class Reckoning:
    """Everything that happened, arranged to be asked."""

    def __init__(
        self, spans: Iterable[Span], attempts: Iterable[Attempt], units: Mapping[str, Sequence[str]], capacity: Capacity
    ) -> None:
        """`units`: of each nurse, those they may take from."""
        self._units = units
        self._capacity = capacity
        self._waiting: defaultdict[str, list[Span]] = defaultdict(list)
        self._held: defaultdict[str, list[Span]] = defaultdict(list)
        self._of: defaultdict[ContactId, list[Span]] = defaultdict(list)
        for span in sorted(spans, key=lambda one: one.start_s):
            if span.status == "waiting":
                self._waiting[span.unit_id].append(span)
                self._of[span.contact_id].append(span)
            elif span.status == "held":
                self._held[span.holder_id].append(span)
        self._attempts = sorted(attempts, key=lambda one: one.sent_s)
        self._commands: defaultdict[str, list[Attempt]] = defaultdict(list)
        for attempt in self._attempts:
            self._commands[attempt.client_id].append(attempt)
        self._strayed = [one for one in self._attempts if one.failed or one.ended_s - one.sent_s > PARKED_S]
        self._longest_s = max((one.ended_s - one.sent_s for one in self._strayed if one.ended_s < 1e12), default=0.0)
        self._strayed_at = [attempt.sent_s for attempt in self._strayed]

    def check(self, findings: Findings) -> None:
        """Every claim for what it passed, every empty answer for what waited."""
        taken = [span for spans in self._waiting.values() for span in spans if span.taken is not None]
        findings.claims = len(taken)
        for span in taken:
            self._check_claim(span, findings)
        for attempt in self._attempts:
            if attempt.told_nothing:
                self._check_idle(attempt, findings)

    def _check_claim(self, taken: Span, findings: Findings) -> None:
        assert taken.taken is not None
        staff_id, client_id = taken.taken
        own = self._commands.get(client_id)
        if not own:
            findings.note("lost", f"nobody asked for the claim of {taken.contact_id}")
            return
        asked_s, settled_s = own[0].sent_s, taken.end_s
        passed = [
            span
            for span in self._takeable(staff_id, waited_from_s=asked_s - WAITED_S, until_s=settled_s)
            if span.key < self._stood_at(taken, asked_s) and not self._under_way(span, asked_s, settled_s)
        ]
        if len(passed) > self._parked_by_others(taken, asked_s):
            names = " ".join(f"{one.contact_id} ({one.level} {one.start_s:.3f}-{one.end_s:.3f})" for one in passed[:3])
            findings.note(
                "out_of_order",
                f"{staff_id} asked {asked_s:.3f}, had {taken.contact_id} ({taken.level}) {settled_s:.3f}, past {names}",
            )

    def _check_idle(self, attempt: Attempt, findings: Findings) -> None:
        held = [
            span.level
            for span in self._held[attempt.staff_id]
            if span.start_s <= attempt.ended_s and span.end_s >= attempt.sent_s
        ]
        for span in self._takeable(attempt.staff_id, attempt.sent_s - WAITED_S, attempt.ended_s):
            if span.level == "immediate" or self._capacity.has_room(span.unit_id, held):
                findings.note(
                    "idle_while_waiting",
                    f"{attempt.staff_id} was told {attempt.refused} {attempt.ended_s:.3f}; {span.contact_id} waited",
                )
                return

    def _takeable(self, staff_id: str, waited_from_s: float, until_s: float) -> list[Span]:
        """What the nurse might have taken throughout that time."""
        known = {"role:nurse", f"staff:{staff_id}"}
        return [
            span
            for unit_id in self._units[staff_id]
            for span in self._waiting[unit_id]
            if span.start_s <= waited_from_s and span.end_s > until_s and span.needs <= known
        ]

    def _under_way(self, span: Span, asked_s: float, settled_s: float) -> bool:
        """The contact's own claim was made at the same time."""
        own = self._commands.get(span.taken[1], []) if span.taken is not None else []
        return any(one.sent_s <= settled_s and one.ended_s + PARKED_S >= asked_s for one in own)

    def _stood_at(self, taken: Span, asked_s: float) -> OrderKey:
        """The best place it had lately: it was picked by what it was a moment before it was settled."""
        lately = (one.key for one in self._of[taken.contact_id] if asked_s - WAITED_S < one.end_s <= taken.end_s)
        return min(taken.key, *lately)

    def _parked_by_others(self, taken: Span, asked_s: float) -> int:
        """Attempts that may have parked a contact meanwhile and not been given it: broken off, or long in finding."""
        first = bisect_left(self._strayed_at, asked_s - PARKED_S - self._longest_s)
        last = bisect_left(self._strayed_at, taken.end_s)
        others = (one for one in self._strayed[first:last] if one.contact_id != taken.contact_id)
        return sum(one.ended_s + PARKED_S >= asked_s for one in others)


def check_holding(spans: Sequence[Span], entries: Iterable[tuple[str, str, int]], findings: Findings) -> None:
    """`entries`: contact, actor and claim number of all that was written under a claim, in the order of each contact.

    Whoever wrote it held the contact under that number at the time; claims follow only on waiting.
    """
    holders = {(str(span.contact_id), span.claim_no): span.holder_id for span in spans if span.status == "held"}
    for contact_id, actor_id, claim_no in entries:
        holder = holders.get((contact_id, claim_no))
        if holder is None or actor_id not in (f"staff:{holder}", "system:lease"):
            findings.note("held_twice", f"{actor_id} wrote in {contact_id} under claim {claim_no} of {holder}")


def check_lost(spans: Sequence[Span], attempts: Iterable[Attempt], opened: Iterable[str], findings: Findings) -> None:
    """All that was acknowledged is there, and every contact was closed in the end."""
    holders = {(str(span.contact_id), span.claim_no): span.holder_id for span in spans if span.status == "held"}
    ends = {str(span.contact_id): span.status for span in spans}
    findings.contacts = len(ends)
    for contact_id in opened:
        if contact_id not in ends:
            findings.note("lost", f"{contact_id} was opened and is not in the record")
    for contact_id, status in ends.items():
        if status != "closed":
            findings.note("lost", f"{contact_id} is {status} and nobody gets it")
    acknowledged: dict[tuple[str, int], str] = {}
    for attempt in attempts:
        if not attempt.contact_id:
            continue
        claim = attempt.contact_id, attempt.claim_no
        if holders.get(claim) != attempt.staff_id:
            findings.note("lost", f"{attempt.staff_id} was given {claim} and the record says {holders.get(claim)}")
        if acknowledged.setdefault(claim, attempt.staff_id) != attempt.staff_id:
            findings.note("held_twice", f"{attempt.staff_id} and {acknowledged[claim]} were both given {claim}")
