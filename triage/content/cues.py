"""The small words around a symptom: no, perhaps, my father, since yesterday, worse.

Only their form is here; the words are in `context/` and what they do is decided in `triage.pipeline`.
"""

from typing import Literal

import msgspec


class Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cue words and how many tokens they reach."""

    scope: int
    terms: tuple[str, ...]


class TakenBack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that say a denial was of what used to be: "never had cramps, but I do now", "not until today"."""

    but: tuple[str, ...]
    until: tuple[str, ...]
    says: tuple[str, ...]
    """That it is there."""
    now: tuple[str, ...]
    beside: tuple[str, ...]
    """May stand with these."""
    either: tuple[str, ...]
    """Join what was denied together."""
    goes_on: tuple[str, ...]
    """Begin what is said besides."""


SeverityWord = Literal["mild", "moderate", "severe", "extreme"]


class Cues(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The cue words of one language. Nynorsk words stand among the Bokmål ones."""

    negation_before: Scope
    negation_after: Scope
    negation_suffix: tuple[str, ...]
    """Word endings that deny what stands before them: feberfri."""
    negation_pseudo: tuple[str, ...]
    """Look like a negation and are none: "blir inte bättre"."""
    taken_back: TakenBack
    terminate: tuple[str, ...]
    """End the reach of a negation or a doubt."""
    uncertain_before: Scope
    uncertain_after: Scope
    hypothetical: tuple[str, ...]
    subjects: dict[Literal["self", "child", "other", "family"], tuple[str, ...]]
    current: tuple[str, ...]
    historical: tuple[str, ...]
    resolved: tuple[str, ...]
    recurrent: tuple[str, ...]
    sudden: tuple[str, ...]
    gradual: tuple[str, ...]
    worse: tuple[str, ...]
    better: tuple[str, ...]
    unchanged: tuple[str, ...]
    severity: dict[SeverityWord, tuple[str, ...]]
    intensifiers: tuple[str, ...]
    """Prefixes that join the word they strengthen: jätteont, kjempevondt."""
    sides: tuple[str, ...] = ()
    """Prefixes that say on which side the part of the body is they join: högerhanden, venstrearmen."""
    heads: tuple[str, ...] = ()
    """Words that say by themselves what a compound that ends in them is: hjärttabletter are tablets."""
    lost_function: tuple[str, ...]
    duration_units: dict[str, float]
    """Hours in one unit."""
    day_words: dict[str, float]
    """Hours since, at a guess, for words such as "igår"."""
    number_words: dict[str, float]
    weekdays: dict[str, int]
    """0 is Monday."""
    ordinary: tuple[str, ...] = ()
    """Words of every day that are never a form of a term, near as they come to one: "drog" is no drug."""
    everyday: tuple[str, ...] = ()
    """Words of every day that tell nothing of body or feeling: they may stand in a text unread. One that is a
    form of a term is still read as that ("hjälpt" of "hjälper")."""
    yes: tuple[str, ...]
    no: tuple[str, ...]
    body: tuple[str, ...]
    """Words of body or feeling: a clause with one of them and no finding has not been understood."""
