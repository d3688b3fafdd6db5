"""What a demo says when it is ready: where to go and who one may sign in as. Nobody in it exists."""

from collections.abc import Sequence

from core.directory.region import demo_region
from core.settings import Settings

INTRODUCTION = "A demonstration with made-up people. Not for clinical use."


def welcome(settings: Settings, urls: Sequence[str]) -> str:
    """Lines for the terminal; the first begins with `ready` and the address to open."""
    region = demo_region(settings.country)
    units = {unit.id: unit.name for unit in region.units}
    patients = [f"  {person.name}, patient of {units[person.unit_id]}" for person in region.persons]
    staff = [f"  {one.name}, {', '.join(_roles(one.held(), units))}" for one in region.staff]
    return "\n".join(
        [
            *(f"ready {url}" for url in urls),
            INTRODUCTION,
            f"As a patient, open {urls[0]}/ and sign in as one of:",
            *patients,
            f"As staff, open {urls[0]}/staff and sign in as one of:",
            *staff,
            *(["A phone warns of the certificate: it was made on this machine."] if settings.https else []),
        ]
    )


def _roles(held: Sequence[tuple[str, str]], units: dict[str, str]) -> list[str]:
    return [f"{role.replace('_', ' ')} at {units[unit_id]}" for unit_id, role in held]
