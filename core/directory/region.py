"""Reading a region's file, and the two small demo regions that come with the service."""

from importlib.resources import files
from typing import get_args

import msgspec

from core.content_file import decode_yaml
from core.directory.store import Region
from core.errors import FyrError
from core.settings import Country


def demo_region(country: Country) -> Region:
    """The made-up region of a country."""
    return read_region((files("core.directory") / f"demo_{country}.yaml").read_bytes(), f"demo_{country}.yaml")


def demo_providers() -> set[str]:
    """The ids of every made-up legal care giver: whatever a database holds beside them is real."""
    return {provider.id for country in get_args(Country) for provider in demo_region(country).providers}


def read_region(data: bytes, name: str) -> Region:
    """A region from YAML, checked: every unit's provider and every role's unit exists. Raises `settings_invalid`."""
    try:
        region = decode_yaml(data, Region)
    except msgspec.MsgspecError as failure:
        raise FyrError("settings_invalid", problems=[f"{name}: {failure}"]) from None
    problems = _problems(region)
    if problems:
        raise FyrError("settings_invalid", problems=[f"{name}: {problem}" for problem in problems])
    return region


def _problems(region: Region) -> list[str]:
    providers = {provider.id for provider in region.providers}
    units = {unit.id for unit in region.units}
    homeless = [unit for unit in region.units if unit.provider_id not in providers]
    lost = [(one.id, one.unit_id) for one in region.persons if one.unit_id not in units]
    known = {one.id for one in region.persons}
    lost += [(one.id, guardian) for one in region.persons for guardian in one.guardians if guardian not in known]
    lost += [(one.id, unit_id) for one in region.staff for unit_id in one.roles if unit_id not in units]
    found = [f"{unit.id}: no provider {unit.provider_id}" for unit in homeless]
    return found + [f"{name}: nobody and nothing called {unit_id}" for name, unit_id in lost]
