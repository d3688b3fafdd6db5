"""The circumstances of docs/access.md, brought about for real: who asks, and what has happened before."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, update

from core.access.entries import Blocked
from core.access.rights import ROLE_NAMES, RoleName
from core.identity.loading import LOADER
from core.storage import tables
from core.storage.sql import Database
from tests.web.client import Somebody, client_id, signed_in
from tests.web.guesting import Meeting, guest, meeting
from tests.web.test_story import opened
from web.node import Node

UNIT = "hamnen"
OF_CARE: tuple[RoleName, ...] = ("nurse", "clinician")
BESIDE, ELSEWHERE = "lyktan", "strand"
"""Another unit of the same legal care giver, and one of another."""
SOON = (datetime.now(UTC) + timedelta(days=30)).isoformat()


@dataclass(slots=True)
class Scene:
    """A contact of Astrid at Hamnen, and the service it lies in."""

    url: str
    node: Node
    contact_id: str
    astrid: Somebody
    stack: AsyncExitStack

    visit: Meeting | None = None
    """The visit that a guest was invited to."""

    async def somebody(self, actor_id: str) -> Somebody:
        """Signed in until the scene ends."""
        return await self.stack.enter_async_context(signed_in(self.url, actor_id))

    async def guest(self, patient: str) -> Somebody:
        """Invited to a visit in this patient's contact, and come."""
        contact_id = self.contact_id
        if patient != "astrid":
            contact_id = await opened(await self.somebody(f"patient:{patient}"), unit_id=UNIT)
        nurse = await self.somebody(f"staff:{staff_id('nurse', UNIT)}")
        self.visit = await meeting(nurse, contact_id)
        return await self.stack.enter_async_context(guest(self.url, await self.visit.invite()))


Happens = Callable[[Scene, Somebody], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Who asks, by each role it may be, and what has happened before they do."""

    unit_id: str = ""
    """Where they are staff; empty: a patient."""
    roles: tuple[RoleName, ...] = ()
    patient: str = ""
    guest_of: str = ""
    """Whose contact they are a guest in; empty: no guest."""
    happened: tuple[Happens, ...] = ()


def staff_id(role: str, unit_id: str) -> str:
    """The made-up member of staff who is this there, and nothing else."""
    return f"only-{role}-{unit_id}"


async def everyone(node: Node) -> None:
    """One member of staff for each role at each unit."""
    held = [(role, unit) for role in ROLE_NAMES for unit in (UNIT, BESIDE, ELSEWHERE)]
    people = [{"id": staff_id(*one), "name": " ".join(one)} for one in held]
    roles = [{"staff_id": staff_id(*one), "role": one[0], "unit_id": one[1]} for one in held]
    database = Database(node.settings.sql_url)
    async with database.write() as connection:
        await connection.execute(insert(tables.staff), people)
        await connection.execute(insert(tables.staff_role), roles)
    await database.close()


def door(basis: str) -> Happens:
    """They open a door."""

    async def happens(scene: Scene, asks: Somebody) -> None:
        me = await asks.get("/api/session")
        answer = await asks.call(
            "access:open",
            client_id=client_id(),
            person_id="astrid",
            unit_id=me["roles"][0]["unit_id"],
            basis=basis,
            reason="Matrisen.",
        )
        assert scene.contact_id in [row["contact_id"] for row in answer["contacts"]]

    return happens


async def blocked(scene: Scene, _: Somebody) -> None:
    """The patient blocks the unit."""
    await scene.astrid.call("access:block", client_id=client_id(), unit_id=UNIT, blocked=True)


async def kept_out(scene: Scene, asks: Somebody) -> None:
    """The patient keeps them out by name, as a country's law may let one; what Sweden's screens do not offer."""
    shut = Blocked(person_id="astrid", provider_id="", staff_id=asks.person.removeprefix("staff:"))
    await scene.node.doorkeeper.block(LOADER, shut, client_id=client_id())
    await scene.node.watch.look()


async def kept_by_provider(scene: Scene, _: Somebody) -> None:
    """The patient keeps what the unit's legal care giver knows from all others."""
    provider_id = scene.node.unit_provider(UNIT) or ""
    await scene.astrid.call("access:block", client_id=client_id(), provider_id=provider_id, blocked=True)


async def closed(scene: Scene, asks: Somebody) -> None:
    """They end the doors they have opened."""
    actor = await asks.get("/api/session")
    own = actor["id"].removeprefix("staff:")
    for one in await scene.node.doors.open_to(own, [], now_ms=scene.node.now_ms()):
        await asks.call("access:close", client_id=client_id(), door_id=one.opening_id)


async def shared(scene: Scene, _: Somebody) -> None:
    """Someone who answers for the unit shares the contact's person with the other."""
    leila = await scene.somebody(f"staff:{staff_id('clinician', UNIT)}")
    agreed = {"with_unit_id": ELSEWHERE, "until": SOON, "reason": "Matrisen."}
    await leila.call("access:share", client_id=client_id(), contact_id=scene.contact_id, **agreed)


def represented(*, age_y: int) -> Happens:
    """They have the custody of the patient, who is of this age by the register today."""

    async def happens(scene: Scene, asks: Somebody) -> None:
        today = scene.node.today()
        database = Database(scene.node.settings.sql_url)
        async with database.write() as connection:
            row = update(tables.person).where(tables.person.c.id == "astrid")
            await connection.execute(row.values(born_on=str(today.replace(year=today.year - age_y, day=1))))
        await database.close()
        me = await asks.get("/api/session")
        proxy_id = me["id"].removeprefix("patient:")
        stand = scene.node.register.let_stand
        await stand(LOADER, "astrid", proxy_id=proxy_id, basis="guardian", client_id=client_id())
        await scene.node.watch.look()

    return happens


async def protected(scene: Scene, _: Somebody) -> None:
    """The patient's identity is protected."""
    await scene.node.register.protect(LOADER, "astrid", "sekretessmarkering", client_id=client_id())
    await scene.node.protections.look()
    await scene.node.watch.look()


async def withdrawn(scene: Scene, asks: Somebody) -> None:
    """Staff take the invitation back."""
    assert scene.visit is not None
    await scene.visit.withdraw(asks.person.removeprefix("guest:"))
    await asks.line_gone.wait()


async def over(scene: Scene, asks: Somebody) -> None:
    """The visit is ended for all."""
    assert scene.visit is not None
    await scene.visit.nurse.call("visit:end", **scene.visit.named)
    await asks.line_gone.wait()


async def shut_out(scene: Scene, asks: Somebody) -> None:
    """The patient's identity is protected."""
    await protected(scene, asks)
    await asks.line_gone.wait()


async def ended(scene: Scene, asks: Somebody) -> None:
    """Their session is ended from another window."""
    async with asks.http.delete(f"{scene.url}/api/session") as response:
        assert response.status == 200


CIRCUMSTANCES: dict[str, Circumstance] = {
    "the patient it is about": Circumstance(patient="astrid"),
    "another patient": Circumstance(patient="nils"),
    "someone who represents the patient": Circumstance(patient="nils", happened=(represented(age_y=5),)),
    "someone who represents the patient, after the birthday": Circumstance(
        patient="nils", happened=(represented(age_y=5), represented(age_y=13))
    ),
    "someone who represents the patient, then the patient is protected": Circumstance(
        patient="nils", happened=(represented(age_y=5), protected)
    ),
    "staff of the unit": Circumstance(UNIT, ROLE_NAMES),
    "staff of the unit, the patient is protected": Circumstance(UNIT, OF_CARE, happened=(protected,)),
    "staff of the unit, the patient has blocked it": Circumstance(UNIT, OF_CARE, happened=(blocked,)),
    "staff of the unit, kept out by name": Circumstance(UNIT, OF_CARE, happened=(kept_out,)),
    "staff of the unit, kept out by name, door opened in an emergency": Circumstance(
        UNIT, OF_CARE, happened=(kept_out, door("emergency"))
    ),
    "staff of another unit, door opened for care, then kept out by name": Circumstance(
        BESIDE, OF_CARE, happened=(door("care"), kept_out)
    ),
    "staff of another unit": Circumstance(BESIDE, ROLE_NAMES),
    "staff of another unit, door opened for care": Circumstance(BESIDE, OF_CARE, happened=(door("care"),)),
    "staff of another unit, door opened for care, then blocked": Circumstance(
        BESIDE, OF_CARE, happened=(door("care"), blocked)
    ),
    "staff of another unit, door opened for care, the legal care giver blocked": Circumstance(
        BESIDE, OF_CARE, happened=(door("care"), kept_by_provider)
    ),
    "staff of another unit, door opened for care, then closed": Circumstance(
        BESIDE, OF_CARE, happened=(door("care"), closed)
    ),
    "staff of another unit, door opened in an emergency": Circumstance(BESIDE, OF_CARE, happened=(door("emergency"),)),
    "staff of another unit, door opened in an emergency, blocked": Circumstance(
        BESIDE, OF_CARE, happened=(blocked, door("emergency"))
    ),
    "staff of another legal care giver": Circumstance(ELSEWHERE, ROLE_NAMES),
    "staff of another legal care giver, door opened with consent": Circumstance(
        ELSEWHERE, OF_CARE, happened=(door("consent"),)
    ),
    "staff of another legal care giver, door opened with consent, then blocked": Circumstance(
        ELSEWHERE, OF_CARE, happened=(door("consent"), blocked)
    ),
    "staff of another legal care giver, door opened with consent, then the legal care giver blocked": Circumstance(
        ELSEWHERE, OF_CARE, happened=(door("consent"), kept_by_provider)
    ),
    "staff of another legal care giver, door opened in an emergency, blocked": Circumstance(
        ELSEWHERE, OF_CARE, happened=(blocked, door("emergency"))
    ),
    "staff of another legal care giver, responsibility shared": Circumstance(ELSEWHERE, OF_CARE, happened=(shared,)),
    "staff of another legal care giver, responsibility shared, then blocked": Circumstance(
        ELSEWHERE, OF_CARE, happened=(shared, blocked)
    ),
    "guest of this visit": Circumstance(guest_of="astrid"),
    "guest of this visit, then withdrawn": Circumstance(guest_of="astrid", happened=(withdrawn,)),
    "guest of this visit, then it is over": Circumstance(guest_of="astrid", happened=(over,)),
    "guest of this visit, then the patient is protected": Circumstance(guest_of="astrid", happened=(shut_out,)),
    "guest of another visit": Circumstance(guest_of="nils"),
    "someone whose session has ended": Circumstance(UNIT, ("nurse",), happened=(ended,)),
}
