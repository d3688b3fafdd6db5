"""Makes the register of persons from the settings, and finds by number for those who may look people up."""

from typing import TYPE_CHECKING

from core.actor import Actor
from core.clock import Clock
from core.identity.age_rules import age_rules
from core.identity.number import IdentityNumber
from core.identity.reading import read_number
from core.identity.register import Register
from core.identity.rules import number_rules
from core.identity.store import PersonRows
from core.lockout.rule import LOOKUPS
from core.lockout.store import Subject
from core.log.log import Log
from core.log.seal import MasterKeys
from core.settings import Settings
from core.storage.sql import Database
from core.zones import ZONES

if TYPE_CHECKING:
    from web.node import Node


async def person_of_number(node: "Node", actor: Actor, typed: str) -> tuple[str | None, IdentityNumber]:
    """Whose number it is, if anybody's, and the number.

    Raises `identity_invalid`, and `locked_out` for who tries one after the other: `not_there` counts them.
    """
    number = read_number(typed, today=node.today())
    await node.lockouts.require_open(looking(actor))
    return await node.register.find(number), number


async def not_there(node: "Node", actor: Actor) -> None:
    """They looked up somebody who is not there, or not theirs to find."""
    await node.lockouts.failed(looking(actor))


def looking(actor: Actor) -> Subject:
    """Under what such tries are counted."""
    return Subject("person_find", actor.id, LOOKUPS)


def open_register(settings: Settings, log: Log, database: Database, *, masters: MasterKeys, clock: Clock) -> Register:
    """The register, its rules read and checked. Raises `content_invalid`."""
    number_rules()
    return Register(
        log,
        PersonRows(database),
        masters=masters,
        clock=clock,
        rules=age_rules(settings.country),
        zone=ZONES[settings.country],
        demo=settings.demo,
    )
