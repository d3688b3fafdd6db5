"""`fyr person`: its arguments, and what each act does."""

import argparse
import os
import sys
from collections.abc import Callable

from core.settings import load_settings


def add_person(command: argparse.ArgumentParser) -> None:
    """What `fyr person` does. A number is read from standard input: arguments are seen by every process."""
    acts = command.add_subparsers(title="acts", required=True, metavar="ACT", dest="act")
    born = acts.add_parser("newborn", help="somebody without a number; their name is read from standard input")
    born.add_argument("unit", help="the id of the unit they are registered at")
    born.add_argument("--born", required=True, help="the day, as 2026-11-27")
    born.add_argument("--sex", choices=["f", "m"], default="")
    born.add_argument("--guardian", metavar="PERSON", default="", help="who has the custody, at the same address")
    merging = acts.add_parser("merge", help="PERSON turned out to be INTO")
    merging.add_argument("person")
    merging.add_argument("into")
    merging.add_argument("--reason", required=True)
    parting = acts.add_parser("part", help="PERSON is somebody else after all")
    parting.add_argument("person")
    parting.add_argument("--reason", required=True)
    protecting = acts.add_parser("protect", help="PERSON is protected, or (none) no longer is")
    protecting.add_argument("person")
    protecting.add_argument("kind", help="none, or a kind of protection as docs/operations.md lists them")
    giving = acts.add_parser("number", help="the number on standard input is PERSON's")
    giving.add_argument("person")
    ending = acts.add_parser("end-number", help="the number on standard input is nobody's any more")
    ending.add_argument("--wrong", action="store_true", help="it never was theirs")


def run_person(chosen: argparse.Namespace, say: Callable[[str], None]) -> None:
    """One act."""
    import asyncio

    from web import register

    settings, act = load_settings(os.environ), chosen.act
    if act == "newborn":
        about = {"born": chosen.born, "sex": chosen.sex, "guardian": chosen.guardian}
        say(asyncio.run(register.newborn(settings, chosen.unit, sys.stdin.readline(), **about)))
    elif act == "merge":
        asyncio.run(register.merge(settings, chosen.person, chosen.into, reason=chosen.reason))
    elif act == "part":
        asyncio.run(register.part(settings, chosen.person, reason=chosen.reason))
    elif act == "protect":
        asyncio.run(register.protect(settings, chosen.person, register.protection_named(chosen.kind)))
    elif act == "number":
        asyncio.run(register.give(settings, chosen.person, sys.stdin.readline()))
    else:
        asyncio.run(register.end(settings, sys.stdin.readline(), wrong=chosen.wrong))
