"""What the product needs before it can be measured: people, sessions, and contacts that nurses hold.

Everything is made through the product's own parts, gates and log, in a node of its own that is gone before the measured
one starts.
"""

import asyncio
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carequeue.entries import Queued
from chat.entries import Opened
from core.access.gates import ContactAccess
from core.directory.store import Directory, Region, Registered, Unit
from core.ids import ContactId, new_id
from core.outbox.store import OutboxRows
from core.session.proof import Proof
from core.settings import Settings
from core.storage.sql import Database
from web.app import NODE, run_node
from web.node import Node

UNIT = "ward"
TEXT = "Hej, jag har haft feber och hosta i tre dagar"
AT_ONCE = 50
PROOF = Proof(provider="bench", assurance="high")
"""Everyone is known as surely as any call asks for."""


@dataclass(frozen=True, slots=True)
class Line:
    """One client of the generator."""

    token: str
    contact_id: str
    claim_no: int

    def __str__(self) -> str:
        return f"fyr={self.token} {self.contact_id} {self.claim_no}"


def region(patients: int, nurses: int) -> Region:
    """One unit with so many people."""
    return Region(
        providers=(Region.Provider(id="provider", name="Provider"),),
        units=(Unit(id=UNIT, provider_id="provider", name="Ward", takes_chat=True),),
        persons=tuple(
            Registered(id=f"p{number}", name=f"Patient {number}", born_on=date(1980, 1, 1), sex="f", unit_id=UNIT)
            for number in range(patients)
        ),
        staff=tuple(
            Region.StaffMember(id=f"n{number}", name=f"Nurse {number}", roles={UNIT: "nurse"})
            for number in range(nurses)
        ),
    )


async def prepare(settings: Settings, pairs: int, into: Path, *, watchers: int = 0) -> None:
    """Write the generator's file: patient and nurse of each pair, one after the other.

    With `watchers` it holds so many nurses of the unit instead, each with one of the pairs' contacts to look at.
    """
    database = Database(settings.sql_url)
    await database.migrate()
    await Directory(database).load(region(pairs, max(pairs, watchers)))
    await database.close()
    async with run_node(settings) as application:
        node = application[NODE]
        lines: list[Line] = []
        for start in range(0, pairs, AT_ONCE):
            made = [_pair(node, number) for number in range(start, min(start + AT_ONCE, pairs))]
            for pair in await asyncio.gather(*made):
                lines += pair
        if watchers:
            lines = await _watchers(node, [line.contact_id for line in lines], watchers)
        await _assessed(settings)
    into.write_text("".join(f"{line}\n" for line in lines))


async def _watchers(node: Node, contacts: list[str], count: int) -> list[Line]:
    """Nurses with a session each."""
    lines: list[Line] = []
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        tokens = await asyncio.gather(*(node.sessions.begin(f"staff:n{number}", PROOF) for number in numbers))
        lines += [
            Line(token, contacts[number % len(contacts)], 0) for number, token in zip(numbers, tokens, strict=True)
        ]
    return lines


async def _assessed(settings: Settings) -> None:
    """Until nothing of the preparation is left to be done by the node that is measured."""
    database = Database(settings.sql_url)
    while await OutboxRows(database).waiting():
        await asyncio.sleep(0.05)
    await database.close()


async def _pair(node: Node, number: int) -> tuple[Line, Line]:
    patient = await node.directory.actor(f"patient:p{number}")
    nurse = await node.directory.actor(f"staff:n{number}")
    assert patient is not None
    assert nurse is not None
    opened = Opened(subject="self", age_y=45, age_m=None, sex="f", lang="sv", screen=())
    queued = Queued(unit_id=UNIT, reasons=("chosen",))
    contact_id, _ = await node.chat.open(
        patient, opened, text=TEXT, client_id=new_id(), queued=queued, provider_id="provider"
    )
    claim_no = await _claim(node, await _access(node, nurse.id, contact_id))
    patient_line = Line(await node.sessions.begin(patient.id, PROOF), contact_id, 0)
    return patient_line, Line(await node.sessions.begin(nurse.id, PROOF), contact_id, claim_no)


async def _access(node: Node, actor_id: str, contact_id: ContactId) -> ContactAccess:
    actor = await node.directory.actor(actor_id)
    assert actor is not None
    return await node.gates.access_contact(actor, contact_id, right="claim", action="queue:claim", reads=False)


async def _claim(node: Node, access: ContactAccess) -> int:
    claimed = await node.claims.claim_this(access.actor, access.contact_id, client_id=new_id())
    return claimed.claim_no
