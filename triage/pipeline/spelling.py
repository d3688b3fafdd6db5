"""Which words of the lexicon an unknown word stands for: other keyboard, joined or strengthened word, typo, inflection.

A word the lexicon has is never corrected, and neither is one the language's dictionary knows.
"""

import simplemma
from rapidfuzz.distance import OSA

from triage.pipeline.lexicon import Lexicon
from triage.pipeline.stems import spelt_out

SHORTEST_CORRECTED = 6
"""Shorter words have too many neighbours of another meaning."""
LONG_WORD = 9
SHORTEST_HEAD = 5
"""The last part of a compound must be a term of at least this length."""
NOTHING: frozenset[str] = frozenset()


def forms_of(norm: str, lexicon: Lexicon) -> frozenset[str]:
    """The lexicon's words this token may stand for; nothing when it is an ordinary word or no word at all."""
    if norm in lexicon.words:
        return frozenset((norm, *lexicon.siblings(norm)))
    if len(norm) < 3 or norm in lexicon.ordinary or not norm[0].isalpha():
        return NOTHING
    near = lexicon.siblings(norm) or lexicon.folds.get(spelt_out(norm), ())
    if near:
        return frozenset(near)
    return _inflected(norm, lexicon) or _compound_head(norm, lexicon) or _corrected(norm, lexicon)


def _inflected(norm: str, lexicon: Lexicon) -> frozenset[str]:
    lemma = simplemma.lemmatize(norm, lang=lexicon.lang).lower()
    if lemma == norm:
        return NOTHING
    return frozenset(word for word in (lemma, *lexicon.siblings(lemma)) if word in lexicon.words)


def _compound_head(norm: str, lexicon: Lexicon) -> frozenset[str]:
    if lexicon.lang == "en" or norm.endswith(lexicon.cues.negation_suffix):
        return NOTHING
    for cut in range(3, len(norm) - SHORTEST_HEAD + 1):
        if norm[cut:] in lexicon.single:
            return frozenset((norm[cut:],))
    return NOTHING


def _corrected(norm: str, lexicon: Lexicon) -> frozenset[str]:
    if len(norm) < SHORTEST_CORRECTED or simplemma.is_known(norm, lang=lexicon.lang):
        return NOTHING
    allowed = 2 if len(norm) >= LONG_WORD else 1
    scored = [
        (OSA.distance(norm, word, score_cutoff=allowed), word)
        for word in lexicon.spellings.get(norm[0], ())
        if abs(len(word) - len(norm)) <= allowed
    ]
    best = min(scored, default=(allowed + 1, ""))
    return NOTHING if best[0] > allowed else frozenset((best[1], *lexicon.siblings(best[1])))
