"""The reckoning: what people were told against what lies in the record, and every screen against the record. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from carequeue.entries import Claimed
from carequeue.state import Place
from chat.entries import Message
from core.log.entry import Entry
from core.log.kinds import Audience, Kinds
from core.log.state import State
from tests.torture.journal import Journal, Sent
from tests.torture.record import Record, on_the_wire
from tests.torture.view import BoardView, ContactView, Json
from web.push.views import entry_views, summary

WRITES = {
    "contact:open": "opened",
    "message:post": "message",
    "answer:give": "answered",
    "reading:correct": "corrected",
    "reach:set": "reach",
    "urgency:set": "urgency_set",
    "queue:claim_next": "claimed",
    "queue:hand_back": "handed_back",
    "contact:close": "closed",
}
"""The kind of entry each command makes."""
BESIDE_THE_RECORD = frozenset({"wait", "reopen_until"})


@dataclass(slots=True)
class Findings:
    """What is wrong. All of it must be zero."""

    acknowledged: int = 0
    lost: int = 0
    """Acknowledged, and not in the record as it was sent and told."""
    duplicated: int = 0
    """Entries too many: a command carried out twice, or a repeat that was told something else."""
    reordered: int = 0
    """Things one person wrote that stand in another order, and numbers that skip or come twice."""
    broken_chains: int = 0
    views_differ: int = 0
    """Screens, and state rows, that are not what the entries make of them."""
    claims_shared: int = 0
    """Claims of a contact that somebody held already."""
    guard_broken: int = 0
    """Messages of staff that were let past newer content they had not seen."""
    told: list[str] = field(default_factory=list)
    """The first of each, named."""

    def note(self, what: str, count: int, name: str) -> None:
        """Count, and name where."""
        if count:
            setattr(self, what, getattr(self, what) + count)
            self.told.append(f"{what}: {name}")

    @property
    def clean(self) -> bool:
        """Nothing is wrong."""
        return not self.told


def check_commands(record: Record, journal: Journal, findings: Findings) -> None:
    """Every acknowledged command lies in the record, once, as it was sent, where it was said to lie."""
    made: defaultdict[tuple[str, str], list[tuple[str, Entry]]] = defaultdict(list)
    for contact_id, entries in record.entries.items():
        for entry in entries:
            made[entry.header.actor_id, entry.header.client_id].append((contact_id, entry))
    findings.acknowledged = journal.acknowledged
    findings.note("duplicated", journal.repeats_told_otherwise, "repeats told otherwise")
    for sent in journal.sent:
        _check_command(sent, made.get((sent.actor_id, sent.client_id), []), findings)
    _check_texts(record, findings)


def _check_command(sent: Sent, made: list[tuple[str, Entry]], findings: Findings) -> None:
    own = [(where, entry) for where, entry in made if entry.header.kind == WRITES[sent.call]]
    name = f"{sent.actor_id} {sent.call} {sent.client_id}"
    findings.note("duplicated", max(0, len(own) - 1), name)
    if sent.acknowledged and not any(_as_told(sent, where, made) for where, _ in own):
        findings.note("lost", 1, name)


def _as_told(sent: Sent, where: str, made: list[tuple[str, Entry]]) -> bool:
    """One of the command's entries has the number its sender was told, and its words are there."""
    entries = [entry for contact_id, entry in made if contact_id == where]
    said = [entry.body.text for entry in entries if isinstance(entry.body, Message)]
    claims = [entry.body.claim_no for entry in entries if isinstance(entry.body, Claimed)]
    if sent.call == "queue:claim_next":
        return where == sent.contact_id and sent.no in claims
    numbers = [entry.no if sent.actor_id.startswith("staff:") else entry.header.patient_no or 0 for entry in entries]
    return where == sent.contact_id and sent.no in numbers and (not sent.says or sent.says in said)


def _check_texts(record: Record, findings: Findings) -> None:
    """No two texts of the storm are alike, so no text may stand anywhere twice."""
    seen: set[str] = set()
    for contact_id, entries in record.entries.items():
        for entry in entries:
            if isinstance(entry.body, Message):
                findings.note("duplicated", entry.body.text in seen, f"{contact_id}/{entry.no}")
                seen.add(entry.body.text)


def check_order(record: Record, journal: Journal, kinds: Kinds, findings: Findings) -> None:
    """Numbers have no gap; what one person sent stands in the order they sent it; the guards held."""
    sent = {(one.actor_id, one.client_id): one for one in journal.sent}
    for contact_id, entries in record.entries.items():
        seen = [entry.header.patient_no for entry in entries if entry.header.patient_no is not None]
        gaps = sum(entry.no != number for number, entry in enumerate(entries, start=1))
        gaps += sum(patient_no != number for number, patient_no in enumerate(seen, start=1))
        findings.note("reordered", gaps, f"numbers of {contact_id}")
        turns: defaultdict[str, list[int]] = defaultdict(list)
        for entry in entries:
            one = sent.get((entry.header.actor_id, entry.header.client_id))
            if one is not None:
                turns[one.actor_id].append(one.turn)
        for actor_id, order in turns.items():
            findings.note("reordered", sum(a > b for a, b in pairwise(order)), f"{actor_id} in {contact_id}")
        _check_guards(contact_id, entries, sent, kinds, findings)


def _check_guards(
    contact_id: str, entries: list[Entry], sent: dict[tuple[str, str], Sent], kinds: Kinds, findings: Findings
) -> None:
    content_no, state = 0, State()
    for entry in entries:
        kind, one = kinds.named(entry.header.kind), sent.get((entry.header.actor_id, entry.header.client_id))
        if isinstance(entry.body, Claimed) and state.get(Place).status != "waiting":
            findings.note("claims_shared", 1, f"{contact_id}/{entry.no}")
        if one is not None and one.seen_no is not None and content_no > one.seen_no:
            findings.note("guard_broken", 1, f"{contact_id}/{entry.no}")
        content_no = entry.no if kind.content else content_no
        state = state.with_part(kind.fold(state.get(kind.part), entry.body, entry.header))


def check_states(record: Record, kinds: Kinds, findings: Findings) -> None:
    """The state row of every contact is what its entries fold to."""
    for contact_id, entries in record.entries.items():
        state = State()
        for entry in entries:
            kind = kinds.named(entry.header.kind)
            state = state.with_part(kind.fold(state.get(kind.part), entry.body, entry.header))
        kept = record.heads[contact_id].state
        differs = any(state.get(kind.part) != kept.get(kind.part) for kind in kinds)
        findings.note("views_differ", differs, f"state of {contact_id}")


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything one person's screen shows."""

    actor_id: str
    contacts: tuple[ContactView, ...]
    boards: tuple[BoardView, ...]


def check_views(record: Record, screens: Iterable[Screen], kinds: Kinds, findings: Findings) -> None:
    """Every screen shows what a fresh one would be shown."""
    for screen in screens:
        for view in screen.contacts:
            where = _where_differs(view, screen.actor_id, record, kinds)
            findings.note("views_differ", bool(where), f"{screen.actor_id} sees {view.contact_id}: {where}")
        for board in screen.boards:
            shown, fresh = board.open_rows(), record.boards[board.unit_id]
            name = f"{screen.actor_id} sees {board.unit_id}: {_where_rows_differ(shown, fresh)}"
            findings.note("views_differ", shown != fresh, name)


def _where_rows_differ(shown: dict[str, Json], fresh: dict[str, Json]) -> str:
    """Contacts only one side has, and the fields of the first row that differs."""
    alone = sorted(shown.keys() ^ fresh.keys())
    fields = [
        f"{name}.{field}={shown[name].get(field)}/{fresh[name][field]}"
        for name in sorted(shown.keys() & fresh.keys())
        for field in fresh[name]
        if shown[name].get(field) != fresh[name][field]
    ]
    return " ".join([*alone, *fields[:4]])


def _where_differs(view: ContactView, actor_id: str, record: Record, kinds: Kinds) -> str:
    """The numbers of entries and the fields of the state that are not as a fresh screen would have them."""
    if view.contact_id not in record.entries:
        return "not in the record"
    audience: Audience = "staff" if actor_id.startswith("staff:") else "patient"
    fresh = on_the_wire(
        entry_views(kinds, record.entries[view.contact_id], audience=audience, reader=actor_id, protected=False)
    )
    pairs = enumerate(zip_longest(view.entries, fresh), start=1)
    entries = [str(number) for number, (shown, one) in pairs if shown != one]
    head = record.heads[view.contact_id]
    state = _lasting(on_the_wire(summary(head, audience=audience, unit=f"Unit {head.scope.unit_id}")))
    shown_state = _lasting(view.summary)
    fields = [name for name in state.keys() | shown_state.keys() if shown_state.get(name) != state.get(name)]
    return " ".join([*entries[:5], *sorted(fields)])


def _lasting(told: Json | None) -> Json:
    """Without what the node adds beside the record: the wait, which changes by the minute, and the unit's times."""
    return {name: value for name, value in (told or {}).items() if name not in BESIDE_THE_RECORD}


def check(record: Record, journal: Journal, screens: Iterable[Screen], kinds: Kinds) -> Findings:
    """The whole reckoning."""
    findings = Findings()
    findings.note("broken_chains", len(record.broken), ", ".join(sorted(record.broken)[:3]))
    check_commands(record, journal, findings)
    check_order(record, journal, kinds, findings)
    check_states(record, kinds, findings)
    check_views(record, screens, kinds, findings)
    return findings
