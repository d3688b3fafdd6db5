"""Reads the YAML files of the clinical content into typed rows, and notes every row that is not in the form.

Nothing is judged here beyond the form; `check` judges the content as a whole.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from triage.content.cues import Cues
from triage.content.felt import Sense, Site
from triage.content.schema import (
    LANGS,
    Asking,
    Concept,
    ContentLang,
    Disposition,
    Question,
    Rule,
    SafePath,
    SafetyNet,
    ScreenItem,
    Wording,
)

SHIPPED = Path(__file__).parent
FOLDERS = ("concepts", "body", "rules", "questions", "paths", "context")
VERSION_BYTES = 6
R = TypeVar("R", bound=msgspec.Struct)


class Sources(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`sources.yaml`: the declared version, where rows come from, and what each disposition is called."""

    version: str
    sources: dict[str, str]
    dispositions: dict[Disposition, Wording]


class Rows(msgspec.Struct, kw_only=True):
    """Everything read, and every problem met while reading."""

    version: str = ""
    sources: dict[str, str] = {}
    dispositions: dict[Disposition, Wording] = {}
    concepts: list[Concept] = []
    sites: list[Site] = []
    senses: list[Sense] = []
    rules: list[Rule] = []
    questions: list[Question] = []
    paths: list[SafePath] = []
    screen: list[ScreenItem] = []
    asking: list[Asking] = []
    safety_nets: list[SafetyNet] = []
    cues: dict[ContentLang, Cues] = {}
    problems: list[str] = []


def files_of(folder: Path) -> Iterator[Path]:
    """The content's files, in a fixed order."""
    for name in FOLDERS:
        yield from sorted((folder / name).glob("*.yaml"))
    yield from (folder / name for name in ("asking.yaml", "emergency_screen.yaml", "safety_net.yaml", "sources.yaml"))


def texts_of(folder: Path) -> Iterator[tuple[str, bytes | None]]:
    """Each file's name and what it holds; None when it is not there."""
    for file in files_of(folder):
        try:
            yield file.relative_to(folder).as_posix(), file.read_bytes()
        except OSError:
            yield file.relative_to(folder).as_posix(), None


def digest_of(texts: Iterable[tuple[str, bytes | None]], size: int) -> bytes:
    """A digest of `size` bytes over every file that is there."""
    digest = hashlib.blake2b(digest_size=size)
    for name, raw in texts:
        if raw is not None:
            digest.update(name.encode() + b"\0" + raw)
    return digest.digest()


def read(folder: Path) -> Rows:
    """Read all files of `folder`; what could not be read is in the result's `problems`."""
    return rows_of(list(texts_of(folder)))


def rows_of(texts: list[tuple[str, bytes | None]]) -> Rows:
    """The rows of files that have been read."""
    rows = Rows()
    for name, raw in texts:
        if raw is None:
            rows.problems.append(f"{name}: missing")
        else:
            _take(name, raw, rows)
    rows.version = f"{rows.version}+{digest_of(texts, VERSION_BYTES).hex()}"
    return rows


def _take(name: str, raw: bytes, rows: Rows) -> None:
    import yaml  # not needed where the rows were kept

    try:
        content = yaml.load(raw, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        rows.problems.append(f"{name}: not YAML: {' '.join(str(error).split())}")
        return
    if name == "sources.yaml":
        _take_sources(content, rows)
    elif name.startswith("context/"):
        _take_cues(name, content, rows)
    else:
        _take_rows(name, content, rows)


def _take_sources(content: Any, rows: Rows) -> None:
    read_sources = _convert("sources.yaml", content, Sources, rows=rows)
    if read_sources:
        rows.version = read_sources.version
        rows.sources = read_sources.sources
        rows.dispositions = read_sources.dispositions


def _take_cues(name: str, content: Any, rows: Rows) -> None:
    lang = next((lang for lang in LANGS if name == f"context/{lang}.yaml"), None)
    if lang is None:
        rows.problems.append(f"{name}: no language of ours")
        return
    cues = _convert(name, content, Cues, rows=rows)
    if cues:
        rows.cues[lang] = cues


def _take_rows(name: str, content: Any, rows: Rows) -> None:
    if not isinstance(content, list):
        rows.problems.append(f"{name}: not a list of rows")
        return
    for number, row in enumerate(content, start=1):
        told = row.get("id", number) if isinstance(row, dict) else number
        _take_row(name, row, told=f"{name}: {told}", rows=rows)


def _take_row(name: str, row: Any, *, told: str, rows: Rows) -> None:
    if name == "emergency_screen.yaml":
        _append(told, row, ScreenItem, into=rows.screen, rows=rows)
    elif name == "asking.yaml":
        _append(told, row, Asking, into=rows.asking, rows=rows)
    elif name == "safety_net.yaml":
        _append(told, row, SafetyNet, into=rows.safety_nets, rows=rows)
    elif name.startswith("concepts/"):
        _append(told, row, Concept, into=rows.concepts, rows=rows)
    elif name == "body/sites.yaml":
        _append(told, row, Site, into=rows.sites, rows=rows)
    elif name.startswith("body/"):
        _append(told, row, Sense, into=rows.senses, rows=rows)
    elif name.startswith("rules/"):
        _append(told, row, Rule, into=rows.rules, rows=rows)
    elif name.startswith("questions/"):
        _append(told, row, Question, into=rows.questions, rows=rows)
    else:
        _append(told, row, SafePath, into=rows.paths, rows=rows)


def _append(told: str, row: Any, form: type[R], *, into: list[R], rows: Rows) -> None:
    converted = _convert(told, row, form, rows=rows)
    if converted is not None:
        into.append(converted)


def _convert(told: str, raw: Any, form: type[R], *, rows: Rows) -> R | None:
    try:
        return msgspec.convert(raw, form)
    except msgspec.ValidationError as error:
        rows.problems.append(f"{told}: {error}")
        return None
