"""Whose sign-in it is: from what a provider says to somebody we know. Nobody is ever made because they signed in."""

from collections.abc import Callable
from datetime import date
from typing import Any

from core.directory.logins.store import Logins
from core.directory.store import Directory
from core.errors import FyrError
from core.identity.reading import read_number
from core.identity.register import Register
from web.login.profile import Provider

Claims = dict[str, Any]


class Finder:
    """Looks people up."""

    def __init__(self, directory: Directory, register: Register, logins: Logins, *, today: Callable[[], date]) -> None:
        """`today`: the day on the wall of the deployment's country."""
        self._directory = directory
        self._register = register
        self._logins = logins
        self._today = today

    async def actor_of(self, provider: Provider, claims: Claims) -> str | None:
        """The actor's id; None for whoever we do not know, or who has no role any more."""
        for identity in provider.profile.identity:
            value = str(claims.get(identity.claim) or "")
            if not value:
                continue
            if provider.profile.people == "patient" and identity.kind == "number":
                return await self._patient(value)
            told = f"{provider.issuer}|{value}" if identity.kind == "subject" else value
            actor_id = await self._logins.actor_of(identity.kind, told)
            return actor_id if actor_id and await self._works(provider, actor_id) else None
        return None

    async def _patient(self, number: str) -> str | None:
        try:
            read = read_number(number, today=self._today())
            person_id = await self._register.find(read)
        except FyrError as refused:
            if refused.code != "identity_invalid":
                raise
            return None
        return f"patient:{person_id}" if person_id else None

    async def _works(self, provider: Provider, actor_id: str) -> bool:
        actor = await self._directory.actor(actor_id)
        if actor is None or actor.kind != provider.profile.people:
            return False
        return actor.kind != "staff" or bool(actor.roles)
