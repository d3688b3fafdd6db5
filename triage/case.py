"""What is known about one contact when it is assessed: the patient's words, answers and measurements."""

from typing import Literal

import msgspec

Sex = Literal["f", "m"]
Answer = bool | float | str
Whom = Literal["self", "child", "other"]


class Statement(msgspec.Struct, frozen=True):
    """One text the patient wrote. `asked` names the question it answers, if it answers one."""

    text: str
    lang: str | None = None
    asked: str | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Everything told so far. `vitals` use the names and units of `triage.vitals`."""

    statements: tuple[Statement, ...] = ()
    subject: Whom = "self"
    age_y: float | None = None
    age_m: float | None = None
    sex: Sex | None = None
    answers: dict[str, Answer] = {}
    vitals: dict[str, float] = {}
    ui_lang: str | None = None
