"""The cues as the matcher names them."""

from collections.abc import Iterable, Iterator

from triage.content.cues import Cues

PLAIN = (
    "negation_pseudo", "terminate", "hypothetical", "current", "historical", "resolved", "recurrent",
    "sudden", "gradual", "worse", "better", "unchanged", "lost_function", "body",
)  # fmt: skip
SCOPED = ("negation_before", "negation_after", "uncertain_before", "uncertain_after")


def cue_terms(cues: Cues) -> Iterator[tuple[str, Iterable[str]]]:
    """Each kind of cue and its words."""
    for kind in PLAIN:
        yield kind, getattr(cues, kind)
    for kind in SCOPED:
        yield kind, getattr(cues, kind).terms
    for subject, words in cues.subjects.items():
        yield f"subject:{subject}", words
    for strength, words in cues.severity.items():
        yield f"severity:{strength}", words
    yield "day", tuple(cues.day_words)
