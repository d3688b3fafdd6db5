"""How much is known of somebody, as far as conditions ask: two patients of whom as much is known are judged alike.

No words and no names are in it: a concept, the way in which it is known, and who the patient is by age and sex.
"""

from collections.abc import Iterator

from triage.rules.facts import Facts

Way = tuple[object, ...]
"""A concept, and whether it is present, resolved, doubtful and denied; where that counts also how it is."""
Met = tuple[frozenset[Way | None], Way | None]
"""The ways in which what a condition speaks of is known, and who the patient is where it asks that."""

ASKED = "?"


def asked(question: str) -> str:
    """The name under which a condition speaks of a question: its id may be a concept's id too, of which another thing
    is known ("trismus" asks how far the mouth opens)."""
    return f"{ASKED}{question}"


def person_of(facts: Facts) -> Way:
    """All that conditions ask of who somebody is: what depends on nothing else is the same for all of the kind."""
    return (
        facts.age_y,
        facts.age_m,
        facts.sex,
        facts.week,
        "pregnant" in facts.present,
        "pregnant" in facts.denied,
        facts.yes("pregnancy_possible"),
        facts.yes("spo2_scale2_prescribed"),
    )


def ways_read(facts: Facts, concept: str) -> Iterator[object]:
    """Of each finding of the concept how it came, how long, how bad and where it is heading."""
    for at in (*facts.present.get(concept, ()), *facts.resolved.get(concept, ())):
        row = facts.findings[at]
        yield row.onset, row.duration_h, row.severity, row.course
