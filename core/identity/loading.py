"""What a region's file says of persons beyond the directory: numbers, protection, guardians. Written once each."""

from collections.abc import Iterable
from datetime import date

from core.actor import system_actor
from core.directory.store import Directory, Region, Registered
from core.identity.reading import read_number
from core.identity.register import Register

LOADER = system_actor("directory")


async def load_region(directory: Directory, register: Register, region: Region, *, today: date) -> None:
    """A region's file, whole: the directory and what the register knows beyond it.

    Raises `identity_invalid`, `identity_taken`.
    """
    await directory.load(region)
    await load_persons(register, region.persons, today=today)


async def load_persons(register: Register, persons: Iterable[Registered], *, today: date) -> None:
    """Register them; done once however often it is called. Raises `identity_invalid`, `identity_taken`."""
    for person in persons:
        once = f"load/{person.id}"
        await register.register(LOADER, person.id, client_id=once, temporary=person.temporary)
        if person.number is not None:
            number = read_number(person.number, today=today)
            await register.give(LOADER, person.id, number, client_id=f"{once}/number")
        if person.protection is not None:
            await register.protect(LOADER, person.id, person.protection, client_id=f"{once}/protection")
        for guardian in person.guardians:
            await register.let_stand(
                LOADER,
                person.id,
                proxy_id=guardian,
                basis="guardian",
                shares_address=True,
                client_id=f"{once}/guardian/{guardian}",
            )
