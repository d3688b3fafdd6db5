"""Messages of twenty words with two symptoms each, of which we know what they say: made here from our own terms."""

import random
from collections.abc import Iterator
from typing import Any

from triage.content import Content
from triage.content.schema import Concept

TEMPLATES: tuple[tuple[str, bool, bool], ...] = (
    ("hej jag har haft {a} sedan i går kväll men ingen {b} och jag undrar om jag behöver komma in", False, True),
    ("det började med {a} för tre dagar sedan och nu har jag också {b} fast jag gick till jobbet i dag", False, False),
    ("jag har ingen {a} men i natt fick jag {b} och kunde inte riktigt sova så jag skriver till er nu", True, False),
    ("vi har varit hemma hela veckan utan {a} eller {b} och ändå vill skolan att jag frågar er om det här", True, True),
    ("för en stund sedan kom {a} tillbaka och den är starkare nu medan {b} är precis som den var i går", False, False),
    (
        "inga tecken på {a} hittills men jag har {b} varje morgon och det har varit så i ungefär två veckor nu",
        True,
        False,
    ),
    ("min fråga gäller {a} som jag har haft länge samt {b} som kom i måndags när jag var ute och gick", False, False),
    (
        "tack för svaret jag har varken {a} eller {b} och tänker stanna hemma några dagar till om ni tycker det",
        True,
        True,
    ),
)
"""A text with two places, and whether what stands there is denied."""
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
WORDS = 20


def terms(content: Content) -> list[tuple[str, str]]:
    """Every Swedish way to say every concept: what all pipelines look for."""
    return [(str(row.id), text.lower()) for row in content.concepts for text in _texts(row)]


def letters(content: Content, count: int, *, seed: int) -> Iterator[dict[str, Any]]:
    """Texts with their gold mentions: (start, end, concept, denied)."""
    chance = random.Random(seed)
    nouns = [(str(row.id), text) for row in content.concepts if row.kind == "symptom" for text in _nouns(row)]
    for _ in range(count):
        template, *denied = chance.choice(TEMPLATES)
        chosen = chance.sample(nouns, 2)
        yield _filled(template, chosen, denied)


def misspelt(text: str, chance: random.Random, share: float = 0.15) -> str:
    """The text with one random letter in some of its words: what nobody has written before."""
    words = []
    for word in text.split():
        at = chance.randrange(len(word))
        words.append(word[:at] + chance.choice(LETTERS) + word[at + 1 :] if chance.random() < share else word)
    return " ".join(words)


def _filled(template: str, chosen: list[tuple[str, str]], denied: list[Any]) -> dict[str, Any]:
    text, gold, rest = "", [], template
    for place, (concept, noun), no in zip(("{a}", "{b}"), chosen, denied, strict=True):
        before, rest = rest.split(place)
        text += before
        gold.append((len(text), len(text) + len(noun), concept, no))
        text += noun
    return {"text": text + rest, "gold": gold}


def _texts(row: Concept) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.words.sv + row.clinical.sv + row.misspelt.sv))


def _nouns(row: Concept) -> list[str]:
    """One-word names of a complaint."""
    ends = ("värk", "smärta", "ont", "yrsel", "feber", "hosta", "klåda", "svullnad", "blödning", "kramp", "utslag")
    return [text for text in row.words.sv if " " not in text and text.endswith(ends)]
