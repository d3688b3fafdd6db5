"""What an assessment reads: what was said, what was answered and measured, and about whom; and how a line writes it."""

from typing import Literal

import msgspec

Subject = Literal["self", "child", "other"]


class Statement(msgspec.Struct, frozen=True, gc=False):
    """One text of the patient. `asked` is the id of the question it answers."""

    text: str
    lang: str | None = None
    asked: str | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Everything known about a contact.

    Vitals: temp °C, spo2 %, rr and hr per minute, sbp and dbp mmHg, glucose and ketones mmol/L, weight_delta_kg_3d kg;
    consciousness 0 = alert, 1 = newly confused or worse; oxygen 0 = air, 1 = oxygen.
    """

    statements: tuple[Statement, ...] = ()
    subject: Subject = "self"
    age_y: float | None = None
    age_m: float | None = None
    sex: Literal["f", "m"] | None = None
    age_is_patients: bool = False
    """True when age and sex were given for whoever the text is about; False when the writer gave those of `subject`."""
    answers: dict[str, bool | float | str] = {}
    vitals: dict[str, float] = {}
    vitals_after: dict[str, int] = {}
    """How many statements came before each vital sign, where not all did: what a later one tells of it is newer."""
    ui_lang: str | None = None


class CaseLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One case as a line of JSON: what `fyr assess` reads, and with answers beside it `fyr evaluate`."""

    id: str | int
    text: str = ""
    lang: str | None = None
    subject: Subject = "self"
    age_y: float | None = None
    age_m: float | None = None
    sex: Literal["f", "m"] | None = None
    vitals: dict[str, float] = {}
    answers: dict[str, bool | float | str] = {}
    asked: str | None = None

    def case(self) -> Case:
        """The case; an empty text says nothing."""
        return Case(
            statements=(Statement(self.text, lang=self.lang, asked=self.asked),) if self.text else (),
            subject=self.subject,
            age_y=self.age_y,
            age_m=self.age_m,
            sex=self.sex,
            age_is_patients=True,
            vitals=self.vitals,
            answers=self.answers,
            ui_lang=self.lang,
        )
