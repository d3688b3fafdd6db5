"""What one entry says in a transcript, and the hook by which a kind says it. Knows no kind and no layout."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Literal

import msgspec

Lang = Literal["sv", "nb", "en"]
LANGS: tuple[Lang, ...] = ("sv", "nb", "en")


class Sentence(msgspec.Struct, frozen=True):
    """One sentence in each language, with `{fields}`."""

    sv: str
    nb: str
    en: str

    def __call__(self, lang: Lang, **values: object) -> str:
        """The sentence in a language, filled in. What is filled in is never read for fields itself."""
        pattern: str = getattr(self, lang)
        return pattern.format(**values)


YES = Sentence("Ja", "Ja", "Yes")
NO = Sentence("Nej", "Nei", "No")


@dataclass(frozen=True, slots=True)
class Telling:
    """For whom an entry is told: the language, the place's time, and what ids of the clinical content are called."""

    lang: Lang
    zone: tzinfo
    label: Callable[[str], str]
    """The words of a concept or a question of the emergency screen, by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one entry says."""

    text: str
    said: bool = False
    """True for a person's own words, false for something that happened."""
    lang: str = ""
    """The language of a person's own words, where it is known."""
    question: str = ""
    """The wording of what was answered: an answer never stands without it."""
    asks: tuple[str, ...] = ()
    """Ids of the questions this entry puts."""
    answers: str = ""
    """Id of the question this entry answers."""
    refers_to: int | None = None
    """Number of the entry this one corrects or replies to, as its reader counts."""
    attachments: tuple[str, ...] = ()
    """Names of the files that came with it."""
    measured: tuple[tuple[str, float], ...] = ()
    """Vital signs by name, in the units of `triage.case.Case`."""
    private: bool = False
    """Between colleagues: told only to staff who ask for it."""


Say = Callable[[Any, Telling], Line | None]
"""An entry's body, as its reader may see it, in a line. None: it says nothing in a transcript."""
Says = Mapping[Literal["patient", "staff"], Say]


def silence(_: object, __: Telling) -> None:
    """What a kind says that belongs in no transcript: chosen, so that nobody forgets it."""


def to_all(say: Say) -> Says:
    """The same to patient and staff."""
    return {"staff": say, "patient": say}


def value_words(value: bool | float | str, lang: Lang) -> str:
    """An answer as it reads: yes and no, numbers with the decimal sign of the language."""
    if isinstance(value, bool):
        return (YES if value else NO)(lang)
    if isinstance(value, str):
        return value
    return f"{value:g}" if lang == "en" else f"{value:g}".replace(".", ",")
