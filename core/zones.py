"""The hour on the wall where the patient and the unit are: a deployment is in one country."""

from datetime import date
from zoneinfo import ZoneInfo

from core.clock import from_ms
from core.settings import Country

ZONES: dict[Country, ZoneInfo] = {"se": ZoneInfo("Europe/Stockholm"), "no": ZoneInfo("Europe/Oslo")}


def day_of(country: Country, at_ms: int) -> date:
    """The day on the wall at a moment."""
    return from_ms(at_ms).astimezone(ZONES[country]).date()
