"""Makes the register of persons from the settings."""

from core.clock import Clock
from core.identity.age_rules import age_rules
from core.identity.register import Register
from core.identity.rules import number_rules
from core.identity.store import PersonRows
from core.log.log import Log
from core.log.seal import MasterKeys
from core.settings import Settings
from core.storage.sql import Database
from core.zones import ZONES


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
