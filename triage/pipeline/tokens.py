"""From clean text to tokens with their sentences and all that is known of each word."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate, islice, takewhile

from triage.pipeline.lexicon import Lexicon, Piece
from triage.pipeline.page import Page, Token, cut_at
from triage.pipeline.spelling import NOTHING, forms_of
from triage.pipeline.terms import FUNCTION_WORDS

SENTENCE_ENDS = frozenset(".!?;…")
SIGNS = frozenset(".,!?;…:()\n")
"""What may part a text: how far each parts is decided where it matters."""
NEW_LINE = "\n"
SHORTEST_STRANGE = 2
"""A word of so few letters is no word that could be missed."""
SHORTEST_PART = 3
"""Letters of a part of a compound."""
HYPHEN = "-"
BLANK, LINE = Token(NEW_LINE, sign=True, plain=True), Token(NEW_LINE, sign=True, ends=True, plain=True)
_RUNS = re.compile(r"\S+|\s+")
_PLAIN = re.compile(r"([a-zåäöæøé]+)([,.!?]?)")


def page_of(text: str, lexicon: Lexicon) -> Page:
    """The tokens of the text; a new line or closing punctuation ends a sentence.

    The tokenizer looks at nothing beyond a space, so that what stands between two is cut alike wherever it stands.
    """
    page = Page(text, [], [], [], [])
    pieces = text.split(" ")
    places: Iterable[int] = list(accumulate([len(piece) + 1 for piece in pieces], initial=0))
    if pieces != text.split():
        places, pieces = _runs(text)
    known = lexicon.pieces(pieces, cut)
    rows = [known[piece] for piece in pieces]
    page.tokens = tokens = [token for row in rows for token, _, _ in row]
    page.starts = [at + start for at, row in zip(places, rows, strict=False) for _, start, _ in row]
    page.ends = [at + end for at, row in zip(places, rows, strict=False) for _, _, end in row]
    page.norms = [token.norm for token in tokens]
    page.signs = [at for at, token in enumerate(tokens) if token.sign]
    page.sentences = cut_at([at + 1 for at in page.signs if tokens[at].ends], len(tokens))
    return page


def _runs(text: str) -> tuple[Iterable[int], list[str]]:
    """The pieces of a text with other gaps than single spaces; the first space after a word is no part of a gap."""
    runs = [(found.start(), found.group()) for found in _RUNS.finditer(text)]
    runs = [(at + 1, run[1:]) if at and run[0] == " " else (at, run) for at, run in runs]
    return [at for at, _ in runs], [run for _, run in runs]


def cut(piece: str, lexicon: Lexicon) -> Piece:
    """The tokens of what stands between two spaces. A plain word, or one with a sign of its own after it, is cut
    without the tokenizer wherever that has no rule for the word: it does the same (a test holds the two together)."""
    plain = _PLAIN.fullmatch(piece)
    if plain is not None and plain[1] not in lexicon.special and piece not in lexicon.special:
        word, sign = plain.groups()
        end = len(word)
        first = (lexicon.remembered(word, _looked_up), 0, end)
        return (first, (lexicon.remembered(sign, _looked_up), end, end + 1)) if sign else (first,)
    with lexicon.nlp.vocab.memory_zone():
        words = lexicon.nlp.tokenizer(piece)
        return tuple([(_token(word.norm_, piece, lexicon), word.idx, word.idx + len(word)) for word in words])


def _token(written: str, piece: str, lexicon: Lexicon) -> Token:
    norm = written.strip()
    if norm:
        return lexicon.remembered(norm, _looked_up)
    return LINE if NEW_LINE in piece else BLANK


def _looked_up(norm: str, lexicon: Lexicon) -> Token:
    forms, intensified, denied = _meant(norm, lexicon)
    begins, hours = lexicon.phrases.begun(norm), lexicon.cues.duration_units.get(norm)
    singles = tuple(dict.fromkeys(lexicon.single[form] for form in sorted(forms) if form in lexicon.single))
    beside = lexicon.anchored(forms)
    opened = _opened(norm, lexicon.compounds)
    leads = any((hours is not None, singles, beside, intensified))
    return Token(
        norm,
        forms,
        intensified,
        denied,
        sign=norm[0] in SIGNS,
        ends=norm[0] in SENTENCE_ENDS,
        hours=hours,
        begins=begins,
        singles=singles,
        means=lexicon.asked_for.intersection((norm, *forms)),
        beside=beside,
        tails=_tails(norm, opened, lexicon),
        leads=leads or denied,
        tells=leads or bool(opened) or begins is not None,
        plain=len(norm) <= SHORTEST_STRANGE or not norm[0].isalpha() or lexicon.is_plain(norm),
    )


def _opened(norm: str, compounds: list[str]) -> list[str]:
    """The words of the lexicon that begin with this one, of three letters or more."""
    if len(norm) < SHORTEST_PART:
        return []
    first = bisect_left(compounds, norm)
    return list(takewhile(lambda word: word.startswith(norm), islice(compounds, first, None)))


def _tails(norm: str, opened: list[str], lexicon: Lexicon) -> dict[str, str] | None:
    length = len(norm)
    tails = {word[length:]: lexicon.single[word] for word in opened if len(word) - length >= SHORTEST_PART}
    return tails or None


def _meant(norm: str, lexicon: Lexicon) -> tuple[frozenset[str], bool, bool]:
    """The lexicon words it may stand for, whether it is made stronger, and whether its ending denies it."""
    if norm in FUNCTION_WORDS[lexicon.lang] or norm in lexicon.cues.ordinary or not norm[0].isalpha():
        return lexicon.own_forms(norm) or NOTHING, False, False
    for prefix in lexicon.cues.intensifiers:
        rest = norm.removeprefix(prefix)
        if rest != norm and rest in lexicon.strengths:
            return forms_of(norm, lexicon), True, False
        if rest != norm and len(rest) > 2 and rest in lexicon.words and rest not in FUNCTION_WORDS[lexicon.lang]:
            return forms_of(norm, lexicon) | forms_of(rest, lexicon), True, False
    if norm in lexicon.words:
        return forms_of(norm, lexicon), False, False
    if part := _of_a_side(norm, lexicon):
        return forms_of(norm, lexicon) | forms_of(part, lexicon), False, False
    for suffix in lexicon.cues.negation_suffix:
        rest = norm.removesuffix(suffix).rstrip(HYPHEN)
        if norm.endswith(suffix) and (forms := forms_of(rest, lexicon) if len(rest) > 2 else NOTHING):
            return forms, False, True
    if HYPHEN in norm and (parts := _parts(norm, lexicon)):
        return parts, False, False
    return forms_of(norm, lexicon) or _head(norm, lexicon), False, False


def _of_a_side(norm: str, lexicon: Lexicon) -> str:
    """The part of the body in a compound that says on which side: "handen" of "högerhanden"."""
    rests = (norm.removeprefix(side) for side in lexicon.cues.sides)
    return next((rest for rest in rests if rest != norm and rest in lexicon.words), "")


def _head(norm: str, lexicon: Lexicon) -> frozenset[str]:
    """What a compound stands for by its last part alone: "hjärttabletter" are tablets."""
    head = next((head for head in lexicon.cues.heads if norm.endswith(head) and head in lexicon.words), "")
    return forms_of(head, lexicon) if head else NOTHING


def _parts(norm: str, lexicon: Lexicon) -> frozenset[str]:
    """ "Waran-recept", "cola-farget": what its parts of three letters or more stand for."""
    return frozenset[str]().union(*(forms_of(part, lexicon) for part in norm.split(HYPHEN) if len(part) > 2))
