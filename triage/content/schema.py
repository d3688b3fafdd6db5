"""The form of the clinical content: what a nurse writes in the YAML files, and nothing else is accepted.

Every row says where it comes from and whether a clinician has reviewed it.
"""

from typing import Literal

import msgspec

from triage.assessment import Certainty, Onset
from triage.ids import ConceptId, PathId, QuestionId, RuleId
from triage.urgency import Urgency

Review = Literal["unreviewed", "reviewed"]
ContentLang = Literal["sv", "nb", "en"]
LANGS: tuple[ContentLang, ...] = ("sv", "nb", "en")
ConceptKind = Literal["symptom", "disease", "event", "background", "request"]
QuestionKind = Literal["bool", "int", "number", "choice"]
Disposition = Literal[
    "call_112_113",
    "ed_now",
    "maternity_now",
    "legevakt_or_jour_now",
    "psych_emergency_now",
    "poison_centre_now",
    "eye_now",
    "video_or_phone_now",
    "same_day_gp",
    "gp_24h",
    "gp_days",
    "dho_followup",
    "self_care",
]


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every clinical row carries: `source` names entries of sources.yaml."""

    source: tuple[str, ...]
    review: Review


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in each language."""

    sv: str
    nb: str
    en: str

    def get(self, lang: str) -> str:
        """The text in `lang`; Nynorsk readers get Bokmål, everyone else English."""
        return self.sv if lang == "sv" else self.nb if lang in ("nb", "nn") else self.en

    def by_lang(self) -> dict[str, str]:
        """The text by language."""
        return {"sv": self.sv, "nb": self.nb, "en": self.en}


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for a concept in each language; Nynorsk words count as Norwegian."""

    sv: tuple[str, ...] = ()
    nb: tuple[str, ...] = ()
    nn: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def of(self, lang: ContentLang) -> tuple[str, ...]:
        """The words a reader of `lang` looks for."""
        return self.nb + self.nn if lang == "nb" else self.sv if lang == "sv" else self.en


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code of a terminology, only where a stored source shows it."""

    value: str
    source: str
    match: Literal["exact", "narrower", "related"] = "exact"


class Concept(Row, frozen=True, kw_only=True):
    """Something a patient may say. `label` completes "Do you have …?"."""

    id: ConceptId
    kind: ConceptKind
    label: Wording
    words: Terms
    clinical: Terms = Terms()
    misspelt: Terms = Terms()
    hides: tuple[ConceptId, ...] = ()
    """Concepts whose words lie inside this one's words and are then not meant ("kramp i vaden" is no seizure)."""
    implies: tuple[ConceptId, ...] = ()
    """What is so when this is: who has contractions is pregnant."""
    unless: tuple[ConceptId, ...] = ()
    """Where one of these is there too nothing is implied: a swollen throat that is sore is a sore throat's."""
    negation_keeps: bool = False
    """A negated mention stays flagged to humans (self-harm, violence, unresponsive; domain brief §0.5)."""
    harmless: bool = False
    """May stand beside any safe path without blocking it."""
    icpc2: Code | None = None
    sct: Code | None = None
    note: str = ""


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"is_": "is"}):
    """A condition of a rule. Everything given side by side must hold; `none` lists exemptions that must be known."""

    all: tuple["Condition", ...] = ()
    any: tuple["Condition", ...] = ()
    none: tuple["Condition", ...] = ()
    c: ConceptId | None = None
    onset: Onset | None = None
    dur_h: str | None = None
    sev: str | None = None
    course: Literal["worse"] | None = None
    res: bool = False
    ctx: ConceptId | None = None
    age_y: str | None = None
    age_m: str | None = None
    age_d: str | None = None
    sex: Literal["f", "m"] | None = None
    preg_w: str | None = None
    preg_possible: bool | None = None
    v: str | None = None
    score: Literal["news2", "news2_max_single", "qsofa", "crb65"] | None = None
    a: QuestionId | None = None
    is_: bool | str | None = None


class Rule(Row, frozen=True, kw_only=True):
    """A red-flag rule: it only raises. Either a level of its own, or steps above the level the others give."""

    id: RuleId
    presentation: str
    when: Condition
    reason: Wording
    certainty: Certainty
    rationale: str
    urgency: Urgency | None = None
    raises: int = 0
    disposition: Disposition


class Question(Row, frozen=True, kw_only=True):
    """A closed question in plain words. `concept`: a yes means the patient has it, a no that they do not."""

    id: QuestionId
    kind: QuestionKind
    wording: Wording
    choices: dict[str, Wording] = {}
    concept: ConceptId | None = None


class SafePath(Row, frozen=True, kw_only=True):
    """A positive reason for a level below urgent: what was understood, what must not be there, for whom, how long.

    A row at urgent names what is seen the same day where no row lets it wait: that is understood too, not left over.
    """

    id: PathId
    urgency: Urgency
    about: tuple[ConceptId, ...]
    """At least one of these is present."""
    allows: tuple[ConceptId, ...] = ()
    """These may be present too; any other symptom blocks the path."""
    denied: tuple[QuestionId, ...] = ()
    """Questions that must have been answered with no."""
    forbids: tuple[ConceptId, ...] = ()
    """Background that must not be known of."""
    age_y: tuple[float, float] = (0, 120)
    """From and below, in years."""
    sex: Literal["f", "m"] | None = None
    max_severity: int = 6
    max_duration_h: float | None = None
    """Known to have lasted longer blocks; not known passes."""
    min_duration_h: float | None = None
    """Must be known to have lasted at least this."""
    max_temp: float = 39.5
    beside: bool = False
    """A small or local matter: what it is about may also be told beside something else, and is judged by itself."""
    disposition: Disposition
    safety_net: Wording


class ScreenItem(Row, frozen=True, kw_only=True):
    """One item of the emergency screen before sign-in; a yes is an answer to the question of the same id."""

    id: QuestionId
    whom: tuple[Literal["adult", "child"], ...]
    wording: Wording


class SafetyNet(Row, frozen=True, kw_only=True):
    """What a patient of a level reads when no safe path has a text of its own."""

    urgency: Urgency
    safety_net: Wording


class Asking(Row, frozen=True, kw_only=True):
    """What a nurse asks first about a presentation; the first row that fits decides."""

    about: tuple[ConceptId, ...]
    """Any of these was said."""
    age_y: tuple[float, float] = (0, 120)
    """From and below, in years."""
    ask: tuple[QuestionId, ...]
