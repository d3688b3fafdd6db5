"""From clean text to tokens with their sentences and the lexicon words they may stand for."""

from spacy.tokens import Doc

from triage.pipeline.compiled import ATTRIBUTES
from triage.pipeline.lexicon import Lexicon
from triage.pipeline.page import Token
from triage.pipeline.spelling import NOTHING, forms_of
from triage.pipeline.terms import FUNCTION_WORDS

SENTENCE_ENDS = frozenset(".!?;…")
NEW_LINE = "\n"
NORM_AND_PLACE: list[int | str] = [ATTRIBUTES[name] for name in ("NORM", "IDX", "LENGTH")]


def tokens_of(doc: Doc, text: str, lexicon: Lexicon) -> list[Token]:
    """The tokens; a new line or closing punctuation ends a sentence."""
    tokens: list[Token] = []
    sentence = 0
    strings, remembered = doc.vocab.strings, lexicon.remembered
    for norm_hash, start, length in doc.to_array(NORM_AND_PLACE).tolist():
        norm = strings[norm_hash].strip() or NEW_LINE
        seen = remembered(norm, _looked_up)
        tokens.append(Token(norm, start, start + length, sentence, seen.forms, seen.intensified, seen.denied))
        if norm[0] in SENTENCE_ENDS or (norm == NEW_LINE and NEW_LINE in text[start : start + length]):
            sentence += 1
    return tokens


def _looked_up(norm: str, lexicon: Lexicon) -> Token:
    if norm in FUNCTION_WORDS[lexicon.lang] or norm in lexicon.cues.ordinary or not norm[0].isalpha():
        return Token(norm, 0, 0, 0, lexicon.forms.get(norm, NOTHING))
    for prefix in lexicon.cues.intensifiers:
        rest = norm.removeprefix(prefix)
        if rest != norm and rest in lexicon.strengths:
            return Token(norm, 0, 0, 0, forms_of(norm, lexicon), intensified=True)
        if rest != norm and len(rest) > 2 and rest in lexicon.words and rest not in FUNCTION_WORDS[lexicon.lang]:
            return Token(norm, 0, 0, 0, forms_of(norm, lexicon) | forms_of(rest, lexicon), intensified=True)
    if norm in lexicon.words:
        return Token(norm, 0, 0, 0, forms_of(norm, lexicon))
    for suffix in lexicon.cues.negation_suffix:
        rest = norm.removesuffix(suffix)
        if rest != norm and (forms := forms_of(rest, lexicon) if len(rest) > 2 else NOTHING):
            return Token(norm, 0, 0, 0, forms, denied=True)
    return Token(norm, 0, 0, 0, forms_of(norm, lexicon))
