"""`fyr person`: what an operator changes of who somebody is. Every change is an entry in the operator's name."""

import contextlib
from collections.abc import AsyncIterator
from datetime import date
from typing import get_args

from core.actor import Actor
from core.clock import SystemClock
from core.directory.newborn import Newborn, register_newborn
from core.directory.store import Directory
from core.errors import FyrError
from core.identity.entries import Protection
from core.identity.number import IdentityNumber
from core.identity.reading import read_number
from core.identity.register import Register
from core.ids import new_id
from core.keyring.field import Fields
from core.settings import Settings
from core.zones import ZONES
from web.opened_record import opened_record, operator
from web.persons import open_register

PROTECTIONS: tuple[Protection, ...] = get_args(Protection)


async def newborn(settings: Settings, unit_id: str, name: str, *, born: str, sex: str, guardian: str) -> str:
    """`fyr person newborn`: somebody who has no number yet; gives what they are called here.

    Raises `empty`, `bad_request` for a day that is none or to come, `not_found` for no such unit or guardian.
    """
    about = Newborn(unit_id=unit_id, name=name, born_on=_day(settings, born), sex=sex or None, guardian_id=guardian)
    async with _record(settings) as (register, operator, directory):
        return await register_newborn(directory, register, about, actor=operator, client_id=new_id())


async def merge(settings: Settings, person_id: str, into: str, *, reason: str) -> None:
    """`fyr person merge`: the two are one. Raises `not_found`, `empty`."""
    async with _opened(settings) as (register, operator):
        await register.merge(operator, person_id, into=into, reason=reason, client_id=new_id())


async def part(settings: Settings, person_id: str, *, reason: str) -> None:
    """`fyr person part`: they are two after all. Raises `not_found`, `empty`."""
    async with _opened(settings) as (register, operator):
        await register.part(operator, person_id, reason=reason, client_id=new_id())


async def protect(settings: Settings, person_id: str, protection: Protection | None) -> None:
    """`fyr person protect`: their identity is protected, or is no longer. Raises `not_found` for nobody we know."""
    async with _opened(settings) as (register, operator):
        if await register.rows.standing(person_id) is None:
            raise FyrError("not_found")
        await register.protect(operator, person_id, protection, client_id=new_id())


async def give(settings: Settings, person_id: str, typed: str) -> None:
    """`fyr person number`: a number is theirs. Raises `not_found`, `identity_invalid`, `identity_taken`."""
    async with _opened(settings) as (register, operator):
        if await register.rows.standing(person_id) is None:
            raise FyrError("not_found")
        await register.give(operator, person_id, _read(settings, typed), client_id=new_id())


async def end(settings: Settings, typed: str, *, wrong: bool) -> None:
    """`fyr person end-number`: it is theirs no more, or never was. Raises `not_found`, `identity_invalid`."""
    async with _opened(settings) as (register, operator):
        await register.end(operator, _read(settings, typed), wrong=wrong, client_id=new_id())


def protection_named(name: str) -> Protection | None:
    """The kind of protection of this name. Raises `bad_request`."""
    if name != "none" and name not in PROTECTIONS:
        raise FyrError("bad_request", where="kind", what=f"none, {', '.join(PROTECTIONS)}")
    return next((one for one in PROTECTIONS if one == name), None)


def _today(settings: Settings) -> date:
    return SystemClock().now().astimezone(ZONES[settings.country]).date()


def _read(settings: Settings, typed: str) -> IdentityNumber:
    return read_number(typed, today=_today(settings))


def _day(settings: Settings, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise FyrError("bad_request", where="--born", what="a day, as 2026-11-27") from None
    if day > _today(settings):
        raise FyrError("bad_request", where="--born", what="a day that has been")
    return day


@contextlib.asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[tuple[Register, Actor]]:
    async with _record(settings) as (register, operator, _):
        yield register, operator


@contextlib.asynccontextmanager
async def _record(settings: Settings) -> AsyncIterator[tuple[Register, Actor, Directory]]:
    async with opened_record(settings, writes=True) as (log, database, masters):
        register = open_register(settings, log, database, masters=masters, clock=SystemClock())
        yield register, operator(), Directory(database, Fields(masters))
