"""Somebody who was born and has no number yet: in the directory, in the register, with who has the custody of them."""

import hashlib
from datetime import date

import msgspec

from core.actor import Actor
from core.directory.store import Directory, Person
from core.errors import FyrError
from core.identity.register import Register

NAME_LIMIT = 200


class Newborn(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of them."""

    unit_id: str
    name: str
    born_on: date
    sex: str | None = None
    guardian_id: str = ""
    """Who has the custody, at one address with the child; empty: nobody known yet."""


async def register_newborn(
    directory: Directory, register: Register, newborn: Newborn, *, actor: Actor, client_id: str
) -> str:
    """Register them, once for the sender's `client_id`; gives what they are called here.

    Raises `empty` for no name, `too_long`, `not_found` for no such unit or guardian.
    """
    name = newborn.name.strip()
    if not name:
        raise FyrError("empty", field="name")
    if len(name) > NAME_LIMIT:
        raise FyrError("too_long", field="name", limit=NAME_LIMIT)
    if newborn.guardian_id and await directory.person(newborn.guardian_id) is None:
        raise FyrError("not_found")
    person_id = hashlib.sha256(f"newborn|{actor.id}|{client_id}".encode()).hexdigest()[:32]
    if await directory.person(person_id) is None:
        await directory.add(
            Person(id=person_id, name=name, born_on=newborn.born_on, sex=newborn.sex, unit_id=newborn.unit_id)
        )
    await register.register(actor, person_id, client_id=f"{client_id}/person", temporary="newborn")
    if newborn.guardian_id:
        await register.let_stand(
            actor,
            person_id,
            proxy_id=newborn.guardian_id,
            basis="guardian",
            shares_address=True,
            client_id=f"{client_id}/guardian",
        )
    return person_id
