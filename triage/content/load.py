"""Loads the clinical content from its folder and refuses it whole when anything in it is wrong."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from core.errors import FyrError
from triage.content.catalogue import Content, ask_for
from triage.content.check import problems_in
from triage.content.schema import (
    LANGS,
    AskingForConcepts,
    Body,
    Concept,
    ContentLang,
    Question,
    Rule,
    SafePath,
    SafetyNet,
    ScreenItem,
    Speech,
    Version,
)
from triage.ids import QuestionId

FOLDER = Path(__file__).parent
T = TypeVar("T")
R = TypeVar("R", Concept, Rule, SafePath, Question, SafetyNet, ScreenItem)


def load_content(path: Path | None = None) -> Content:
    """The content in `path`, ours when none is given; loaded once per process and folder.

    Raises `content_invalid` with every problem found.
    """
    return _load((path or FOLDER).resolve())


@cache
def _load(folder: Path) -> Content:
    content, problems = read_content(folder)
    if content is None or problems:
        raise FyrError("content_invalid", problems=problems)
    return content


def read_content(folder: Path) -> tuple[Content | None, list[str]]:
    """The content and all its problems; no content when files cannot even be read."""
    reader = _Reader(folder)
    rows = reader.content()
    if rows is None:
        return None, reader.problems
    return rows, [*reader.problems, *problems_in(rows)]


class _Reader:
    """Reads file after file and gathers what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digest = hashlib.sha256()
        self.problems: list[str] = []

    def content(self) -> Content | None:
        """Everything, or None when a file is missing or not in its form."""
        concepts = self._rows("concepts", Concept)
        asking = self._one("questions/about_concepts.yaml", AskingForConcepts)
        questions = self._rows("questions", Question, without="about_concepts.yaml")
        screen = self._list("emergency_screen.yaml", tuple[ScreenItem, ...])
        speech = {lang: self._one(f"context/{lang}.yaml", Speech) for lang in LANGS}
        body = self._one("body.yaml", Body)
        sources = self._list("sources.yaml", dict[str, str])
        rules, paths = self._rows("rules", Rule), self._rows("paths", SafePath)
        nets = self._list("safety_nets.yaml", tuple[SafetyNet, ...])
        version = self._one("version.yaml", Version)
        if self.problems or asking is None or body is None or version is None or sources is None:
            return None
        asked = [*questions, *_screen_questions(screen or ()), *(ask_for(c, asking, "self") for c in concepts)]
        return Content(
            version=f"{version.version}-{self._digest.hexdigest()[:12]}",
            concepts=self._by_id(concepts),
            rules=self._by_id(rules),
            questions=self._by_id(asked),
            paths=self._by_id(paths),
            safety_nets=self._by_id(nets or ()),
            screen_items=tuple(screen or ()),
            speech=_present(speech),
            body=body,
            asking=asking,
            sources=sources,
        )

    def _by_id(self, rows: Iterable[R]) -> dict[str, R]:
        found: dict[str, R] = {}
        for row in rows:
            if row.id in found:
                self.problems.append(f"{row.id}: given twice")
            found[row.id] = row
        return found

    def _rows(self, folder: str, row: type[R], without: str = "") -> list[R]:
        files = sorted(path for path in (self._folder / folder).glob("*.yaml") if path.name != without)
        if not files:
            self.problems.append(f"{folder}: no files")
        found: list[R] = []
        for path in files:
            found.extend(self._decode(path, tuple[row, ...]) or ())  # type: ignore[valid-type]
        return found

    def _one(self, name: str, form: type[T]) -> T | None:
        return self._decode(self._folder / name, form)

    _list = _one

    def _decode(self, path: Path, form: type[T]) -> T | None:
        name = path.relative_to(self._folder).as_posix()
        try:
            data = path.read_bytes()
        except OSError as failure:
            self.problems.append(f"{name}: {failure.strerror}")
            return None
        self._digest.update(name.encode() + b"\0" + data + b"\0")
        try:
            return msgspec.yaml.decode(data, type=form)
        except msgspec.DecodeError as failure:
            self.problems.append(f"{name}: {failure}")
            return None


def _present(speech: dict[ContentLang, Speech | None]) -> dict[ContentLang, Speech]:
    return {lang: found for lang, found in speech.items() if found is not None}


def _screen_questions(items: Iterable[ScreenItem]) -> list[Question]:
    return [
        Question(id=QuestionId(item.id), kind="bool", wording=item.wording, source=item.source, review=item.review)
        for item in items
    ]
