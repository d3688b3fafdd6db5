"""The `fyr` command. Each command imports what it needs when it runs: reading text needs no server.

It ends with 0 when all went well, with 1 when what was checked is at fault, and with 2 and one sentence on standard
error when it could not go on.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, Protocol

from core.errors import FyrError
from core.settings import load_settings
from web.person_command import add_person, run_person
from web.sentences import sentence

OK = 0
FAULTY = 1
REFUSED = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the process' exit status."""
    chosen = parser().parse_args(argv)
    try:
        return int(chosen.run(chosen))
    except FyrError as failure:
        print(f"fyr: {sentence(failure)}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (`head`, say) has gone; what Python would still flush at exit has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    top = argparse.ArgumentParser(prog="fyr", description="Real-time clinical triage chat and video.")
    top.add_argument("--version", action="version", version=f"fyr {version('fyr')}")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    serving = command("serve", _serve, "Serve, with the settings of the environment (docs/settings.md).")
    serving.add_argument("--roles", help="what this process does: web, rtc, worker, comma separated (FYR_ROLES)")
    _add_drain(command("drain", _drain, "Let a serving process end by itself when its last relayed visit has ended."))
    command("demo", _demo, "Serve a made-up region that anyone may sign in to.")
    assess = command("assess", _assess, "Read texts and say how urgent they are: JSON lines in, JSON lines out.")
    assess.add_argument("file", nargs="?", type=Path, help="read from this file instead of standard input")
    _add_measuring(command)
    check = command("check-content", _check_content, "Check the clinical content whole and say what it covers.")
    check.add_argument("folder", nargs="?", type=Path, help="check this folder instead of the content we ship")
    check.add_argument("--programmes", type=Path, help="check this folder's programmes of home follow-up, not ours")
    check.add_argument("--parity", action="store_true", help="say how evenly the languages are served instead")
    verify = command("verify-log", _verify_log, "Check the whole record, and name every row that is not as committed.")
    verify.add_argument("--heads", type=Path, help="check against the signed heads of this folder instead of our own")
    command("verify-audit", _verify_audit, "Check the audit and its index, and name every row not as committed.")
    audit = command("audit", _audit, "Take the audit out, or make its index anew.")
    audit.add_argument("what", choices=("export", "index"), help="export: AuditEvents, one a line; index: make it anew")
    audit.add_argument("--since", help="export from this moment on (RFC 3339; default: from the first look)")
    audit.add_argument("--until", help="export until this moment (RFC 3339; default: now)")
    saving = command(
        "backup", _backup, "Copy everything but the keys into a new folder, while the service runs or not."
    )
    saving.add_argument("folder", type=Path, help="the folder to make")
    restoring = command("restore", _restore, "Put a backup where the settings say the record lies, and check it whole.")
    restoring.add_argument("folder", type=Path, help="the folder that `fyr backup` made")
    ending = command("retention", _retention, "Erase now what has had its time, and say how much of each class went.")
    ending.add_argument("--dry-run", action="store_true", help="only say how much would go; the service may run")
    ending.add_argument("--hold", metavar="CONTACT", help="keep this contact beyond its time, until --let-go")
    ending.add_argument("--let-go", metavar="CONTACT", help="let the rules hold for this contact again")
    ending.add_argument("--reason", default="", help="why, for --hold and --let-go")
    keys = command("keys", _keys, "Turn everything to the current master key, or say which keys are still needed.")
    keys.add_argument("what", choices=["rotate", "check", "new"])
    keys.add_argument("name", nargs="?", default="", help="for `new`: FYR_KEYS with a new key of this name put first")
    sheet = command("fairness", _fairness, "A unit's month as CSV: waits by level, age group, language and hour.")
    sheet.add_argument("unit", help="the unit's id")
    sheet.add_argument("month", help="such as 2026-11")
    add_person(command("person", _person, "Change who somebody is: merges, protection, numbers. All of it is logged."))
    _add_directory(command)
    command("wire", _wire, "Write the client's types and the documents that are made from the code.")
    return top


def _add_drain(command: argparse.ArgumentParser) -> None:
    command.add_argument("pid", type=int, help="the process; it is told to by a signal (SIGUSR1)")
    command.add_argument("--within", type=float, metavar="SECONDS", help="stop it after so long, whatever goes on")


class Adds(Protocol):
    """Adds a command: its name, what runs it, what it does."""

    def __call__(self, name: str, run: object, text: str) -> argparse.ArgumentParser:
        """Its own parser."""


def _add_measuring(command: Adds) -> None:
    """How well the engine does, and what it would have done."""
    measuring = command("evaluate", _evaluate, "Say how well the engine does on cases whose answers are known.")
    measuring.add_argument("file", type=Path, help="JSON lines: cases as for assess, with `urgency` and/or `spans`")
    measuring.add_argument("--content", type=Path, help="measure this folder instead of the content we ship")
    measuring.add_argument("--json", type=Path, help="write all figures here, as JSON")
    measuring.add_argument("--plot", type=Path, help="write the confusion table here, as a picture (SVG)")
    rehearsing = command("rehearse", _rehearse, "Say who would be judged otherwise with another content.")
    rehearsing.add_argument("folder", type=Path, help="the changed content")
    rehearsing.add_argument("--file", type=Path, help="JSON lines as for assess, instead of the contacts of the record")
    rehearsing.add_argument("--propose", metavar="REASON", help="put it up for two administrators to approve")
    reviewing = command("review", _review, "Take out what reviewers have rewritten, as cases for evaluate.")
    reviewing.add_argument("what", choices=["export"], help="JSON lines; a patient's words are in none of them")
    shadowing = command("shadow", _shadow, "Say what a candidate beside the set in force has judged otherwise.")
    shadowing.add_argument("version", nargs="?", default="", help="the candidate; the one that judged last")
    replaying = command("replay", _replay, "Make a contact's assessments again, and say whether they are the same.")
    replaying.add_argument("contact", help="the contact's id")


def _add_directory(command: Adds) -> None:
    """The region's file, in and out."""
    filling = command("directory", _directory, "Take in the region's file (units, staff, persons), or write it out.")
    filling.add_argument("what", choices=["import", "export"], help="import: add what is new, change what is known")
    filling.add_argument("file", nargs="?", type=Path, help="for import: YAML or JSON; staff alone also as CSV")
    filling.add_argument("--dry-run", action="store_true", help="only say what would change")
    filling.add_argument("--complete", action="store_true", help="whoever is not named loses every role and way in")


def _person(chosen: argparse.Namespace) -> int:
    run_person(chosen, print)
    return OK


def _serve(chosen: argparse.Namespace) -> int:
    from web.serve import serve

    roles = {} if chosen.roles is None else {"FYR_ROLES": chosen.roles}
    serve(
        load_settings({**os.environ, **roles}),
        lambda urls: print(*(f"ready {url}" for url in urls), sep="\n", flush=True),
    )
    return OK


def _drain(chosen: argparse.Namespace) -> int:
    from web.drain_command import drain

    return OK if drain(chosen.pid, within_s=chosen.within, say=print) else FAULTY


def _demo(_chosen: argparse.Namespace) -> int:
    from web.demo import welcome
    from web.serve import serve

    settings = replace(load_settings(os.environ), demo=True)
    serve(settings, lambda urls: print(welcome(settings, urls), flush=True))
    return OK


def _assess(chosen: argparse.Namespace) -> int:
    from triage.command import assess_lines
    from triage.content import load_content

    with contextlib.ExitStack() as stack:
        source: BinaryIO = sys.stdin.buffer
        if chosen.file is not None:
            source = stack.enter_context(_opened(chosen.file))
        assess_lines(source, sys.stdout, load_content())
    return OK


def _evaluate(chosen: argparse.Namespace) -> int:
    from triage.content import load_content
    from triage.evaluation.gold import gold_lines
    from triage.evaluation.plot import plotted
    from triage.evaluation.report import evaluated

    with _opened(chosen.file) as source:
        report = evaluated(gold_lines(source), load_content(chosen.content))
    for path, told in ((chosen.json, report.json), (chosen.plot, lambda: plotted(report))):
        if path is not None:
            _write(path, told())
    print(report.text())
    return OK


def _rehearse(chosen: argparse.Namespace) -> int:
    import asyncio

    from web.rehearse import propose, rehearse

    if chosen.propose is not None:
        asyncio.run(propose(load_settings(os.environ), chosen.folder, reason=chosen.propose, say=print))
        return OK
    with contextlib.ExitStack() as stack:
        lines = None if chosen.file is None else stack.enter_context(_opened(chosen.file))
        told = asyncio.run(rehearse(load_settings(os.environ), chosen.folder, lines))
    print(*told.lines(), sep="\n")
    return OK


def _review(_chosen: argparse.Namespace) -> int:
    import asyncio

    from web.review_command import export

    asyncio.run(export(load_settings(os.environ), print))
    return OK


def _shadow(chosen: argparse.Namespace) -> int:
    import asyncio

    from web.rehearse import shadowed

    print(*asyncio.run(shadowed(load_settings(os.environ), chosen.version)).lines(), sep="\n")
    return OK


def _replay(chosen: argparse.Namespace) -> int:
    import asyncio

    from web.rehearse import replay

    return OK if asyncio.run(replay(load_settings(os.environ), chosen.contact, say=print)) else FAULTY


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as failure:
        raise FyrError("bad_request", where=str(path), what=failure.strerror) from None


def _opened(path: Path) -> contextlib.AbstractContextManager[BinaryIO]:
    try:
        return path.open("rb")
    except OSError as failure:
        raise FyrError("bad_request", where=str(path), what=failure.strerror) from None


def _check_content(chosen: argparse.Namespace) -> int:
    from care.followup.check import check_programmes
    from triage.content.check import check_content
    from triage.content.files import SHIPPED
    from triage.content.parity import parity

    report = parity if chosen.parity else check_content
    try:
        print(report(chosen.folder or SHIPPED))
        if not chosen.parity:
            print(check_programmes(chosen.programmes))
    except FyrError as failure:
        problems = failure.data.get("problems")
        print(*(problems if isinstance(problems, list) else [sentence(failure)]), sep="\n")
        return REFUSED
    return OK


def _verify_log(chosen: argparse.Namespace) -> int:
    import asyncio

    from core.record.command import verify
    from web.following import followed_tables

    settings = load_settings(os.environ)
    if chosen.heads is not None:
        settings = replace(settings, heads_dir=chosen.heads)
    return OK if asyncio.run(verify(settings, print, followed_tables(settings.country))) else FAULTY


def _verify_audit(_chosen: argparse.Namespace) -> int:
    import asyncio

    from core.audit.command import verify

    return OK if asyncio.run(verify(load_settings(os.environ), print)) else FAULTY


def _audit(chosen: argparse.Namespace) -> int:
    import asyncio

    from core.audit.command import make_index
    from web.fhir.export import export_audit

    settings = load_settings(os.environ)
    if chosen.what == "index":
        asyncio.run(make_index(settings, print))
    else:
        asyncio.run(export_audit(settings, chosen.since, chosen.until, out=sys.stdout))
    return OK


def _backup(chosen: argparse.Namespace) -> int:
    import asyncio

    from core.record.backup import backup

    return OK if asyncio.run(backup(load_settings(os.environ), chosen.folder, say=print)) else FAULTY


def _restore(chosen: argparse.Namespace) -> int:
    import asyncio

    from core.record.backup import restore

    return OK if asyncio.run(restore(load_settings(os.environ), chosen.folder, say=print)) else FAULTY


def _retention(chosen: argparse.Namespace) -> int:
    import asyncio

    from web import retention

    settings = load_settings(os.environ)
    if chosen.hold or chosen.let_go:
        contact_id, hold = chosen.hold or chosen.let_go, bool(chosen.hold)
        asyncio.run(retention.hold(settings, contact_id, hold=hold, reason=chosen.reason))
    else:
        asyncio.run(retention.run(settings, dry_run=chosen.dry_run, say=print))
    return OK


def _keys(chosen: argparse.Namespace) -> int:
    import asyncio

    from core.keyring import command
    from core.keyring.kms import new_key

    settings = load_settings(os.environ)
    if chosen.what == "new":
        print(new_key(settings.keys, settings.kms_token, chosen.name))
        return OK
    if chosen.what == "check":
        return OK if asyncio.run(command.check(settings, print)) else FAULTY
    asyncio.run(command.rotate(settings, lambda told: print(told, flush=True)))
    return OK


def _directory(chosen: argparse.Namespace) -> int:
    import asyncio

    from web.directory_command import export_directory, import_directory

    settings = load_settings(os.environ)
    if chosen.what == "export":
        asyncio.run(export_directory(settings, print))
        return OK
    if chosen.file is None:
        raise FyrError("bad_request", where="FILE", what="the file to import")
    asyncio.run(import_directory(settings, chosen.file, dry_run=chosen.dry_run, complete=chosen.complete, say=print))
    return OK


def _fairness(chosen: argparse.Namespace) -> int:
    import asyncio

    from web.fairness_command import fairness

    print(asyncio.run(fairness(load_settings(os.environ), chosen.unit, chosen.month)), end="")
    return OK


def _wire(_chosen: argparse.Namespace) -> int:
    from web.wire.write import write_all

    for path in write_all():
        print(path)
    return OK
