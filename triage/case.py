"""What an assessment reads: what was said, what was answered and measured, and about whom."""

from typing import Literal

import msgspec

Subject = Literal["self", "child", "other"]


class Statement(msgspec.Struct, frozen=True):
    """One text of the patient. `asked` is the id of the question it answers."""

    text: str
    lang: str | None = None
    asked: str | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True):
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
    ui_lang: str | None = None
