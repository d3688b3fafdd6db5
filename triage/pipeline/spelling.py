"""Which words of the lexicon an unknown word stands for: other keyboard, joined or strengthened word, typo, inflection.

A word the lexicon has is never corrected, and neither is one the language's dictionary knows.
"""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from triage.pipeline.compiled import SHORTEST_CORRECTED
from triage.pipeline.lexicon import Lexicon
from triage.pipeline.stems import spelt_out, squeezed

LONG_WORD = 9
SHORTEST_HEAD = 5
"""The last part of a compound must be a term of at least this length."""
NOTHING: frozenset[str] = frozenset()


def forms_of(norm: str, lexicon: Lexicon) -> frozenset[str]:
    """The lexicon's words this token may stand for; nothing when it is an ordinary word or no word at all."""
    known = lexicon.own_forms(norm)
    if known is not None:
        return known
    if len(norm) < 3 or norm in lexicon.ordinary or not norm[0].isalpha():
        return NOTHING
    near = lexicon.siblings(norm) or lexicon.folds.get(spelt_out(norm), ())
    if near:
        return frozenset(near) | _corrected(norm, lexicon)
    inflected = lexicon.inflected.get(norm)
    if inflected:
        return frozenset(inflected)
    return _compound_head(norm, lexicon) or _corrected(norm, lexicon) or _unstretched(norm, lexicon)


def _compound_head(norm: str, lexicon: Lexicon) -> frozenset[str]:
    if lexicon.lang == "en" or norm.endswith(lexicon.cues.negation_suffix):
        return NOTHING
    for cut in range(3, len(norm) - SHORTEST_HEAD + 1):
        if norm[cut:] in lexicon.single:
            return frozenset((norm[cut:],))
    return NOTHING


def _unstretched(norm: str, lexicon: Lexicon) -> frozenset[str]:
    """ "Feeber", "ooont", "spyyr": letters typed once too often or held down."""
    if norm in lexicon.dictionary:
        return NOTHING
    return frozenset(lexicon.squeezed.get(squeezed(norm), ()))


def _corrected(norm: str, lexicon: Lexicon) -> frozenset[str]:
    if len(norm) < SHORTEST_CORRECTED or norm in lexicon.dictionary:
        return NOTHING
    allowed = 2 if len(norm) >= LONG_WORD else 1
    words = lexicon.spellings.get(norm[0], ())
    near = process.extractOne(norm, words, scorer=OSA.distance, processor=None, score_cutoff=allowed)
    return NOTHING if near is None else frozenset((near[0], *lexicon.siblings(near[0])))
