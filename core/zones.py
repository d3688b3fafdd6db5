"""The hour on the wall where the patient and the unit are: a deployment is in one country."""

from zoneinfo import ZoneInfo

from core.settings import Country

ZONES: dict[Country, ZoneInfo] = {"se": ZoneInfo("Europe/Stockholm"), "no": ZoneInfo("Europe/Oslo")}
