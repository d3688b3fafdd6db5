"""From clean text to tokens with their sentences and the lexicon words they may stand for."""

from spacy.tokens import Doc

from triage.pipeline.lexicon import Lexicon
from triage.pipeline.page import Token
from triage.pipeline.spelling import NOTHING, forms_of
from triage.pipeline.terms import FUNCTION_WORDS

SENTENCE_ENDS = frozenset(".!?;…")


def tokens_of(doc: Doc, lexicon: Lexicon) -> list[Token]:
    """The tokens; a new line or closing punctuation ends a sentence."""
    tokens: list[Token] = []
    sentence = 0
    known: dict[str, Token] = {}
    for word in doc:
        norm = word.norm_.strip() or "\n"
        start = word.idx
        token = _read(norm, lexicon, known)
        token.start, token.end, token.sentence = start, start + len(word), sentence
        tokens.append(token)
        if norm[0] in SENTENCE_ENDS or (norm == "\n" and "\n" in word.text):
            sentence += 1
    return tokens


def _read(norm: str, lexicon: Lexicon, known: dict[str, Token]) -> Token:
    """A token with its forms; a word said twice is looked up once."""
    seen = known.get(norm)
    if seen is None:
        seen = known[norm] = _looked_up(norm, lexicon)
    return Token(norm, 0, 0, 0, seen.forms, seen.intensified, seen.denied)


def _looked_up(norm: str, lexicon: Lexicon) -> Token:
    if norm in FUNCTION_WORDS[lexicon.lang] or not norm[0].isalpha():
        return Token(norm, 0, 0, 0, lexicon.forms.get(norm, NOTHING))
    for prefix in lexicon.cues.intensifiers:
        rest = norm.removeprefix(prefix)
        if rest != norm and len(rest) > 2 and rest in lexicon.words and rest not in FUNCTION_WORDS[lexicon.lang]:
            return Token(norm, 0, 0, 0, forms_of(norm, lexicon) | forms_of(rest, lexicon), intensified=True)
    if norm in lexicon.words:
        return Token(norm, 0, 0, 0, forms_of(norm, lexicon))
    for suffix in lexicon.cues.negation_suffix:
        rest = norm.removesuffix(suffix)
        if rest != norm and (forms := forms_of(rest, lexicon) if len(rest) > 2 else NOTHING):
            return Token(norm, 0, 0, 0, forms, denied=True)
    return Token(norm, 0, 0, 0, forms_of(norm, lexicon))
