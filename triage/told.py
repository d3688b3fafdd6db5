"""What a contact's log tells triage, entry by entry, and the case it adds up to."""

from collections.abc import Iterable
from typing import Literal

import msgspec


class Background(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the contact is about, and the emergency screen's answers."""

    subject: Literal["self", "child", "other"]
    age_y: int | None
    age_m: int | None
    sex: Literal["f", "m"] | None
    lang: str
    screen: tuple[str, ...]


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The patient's own words in one entry."""

    entry: int
    text: str
    lang: str | None
    asked: str | None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to one question of the intake."""

    question: str
    value: bool | float | str


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """Concepts the patient says they do not have, and some they say they do."""

    struck: tuple[str, ...]
    added: tuple[str, ...]


class Vitals(msgspec.Struct, frozen=True, kw_only=True):
    """Vital signs measured and typed as numbers, by the names and in the units of `triage.case.Case`."""

    values: dict[str, float]


class FormTold(msgspec.Struct, frozen=True, kw_only=True):
    """What a form tells: questions it says yes to, never no, and what the patient wrote in it."""

    yes: tuple[str, ...]
    words: Words | None


Told = Background | Words | Answer | Correction | Vitals | FormTold
TEMPERATURE = "temperature"
"""The question whose answer is a measurement too."""


class Story(msgspec.Struct, kw_only=True):
    """Everything told so far, sorted by what it is."""

    background: Background | None = None
    words: list[Words] = []
    answers: dict[str, bool | float | str] = {}
    struck: dict[str, None] = {}
    added: dict[str, None] = {}
    vitals: dict[str, float] = {}
    vitals_after: dict[str, int] = {}
    """How many texts came before each: what a later one tells is newer."""

    def add(self, told: Told) -> None:
        """Take one more telling in; a later answer to a question, or measurement, replaces an earlier one."""
        if isinstance(told, Background):
            self.background = told
            self.answers.update(dict.fromkeys(told.screen, True))
        elif isinstance(told, Words):
            self.words.append(told)
        elif isinstance(told, Answer):
            self.answers[told.question] = told.value
            if told.question == TEMPERATURE:
                self.vitals.pop("temp", None)
        elif isinstance(told, Vitals):
            self.vitals.update(told.values)
            self.vitals_after.update(dict.fromkeys(told.values, len(self.words)))
        elif isinstance(told, FormTold):
            self.answers.update(dict.fromkeys(told.yes, True))
            self.words += [told.words] if told.words else []
        else:
            self.struck.update(dict.fromkeys(told.struck))
            self.added.update(dict.fromkeys(told.added))


def story_of(tellings: Iterable[Told]) -> Story:
    """The story the tellings add up to, in their order."""
    story = Story()
    for told in tellings:
        story.add(told)
    return story
