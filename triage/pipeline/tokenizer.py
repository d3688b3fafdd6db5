"""spaCy, of which we use the tokenizer and lists of words. It takes most of a second to load: this module is imported
where a text has something in it that a plain word has not (`tokens.cut`), and where content is worked out anew.
"""

from collections.abc import Mapping
from importlib import import_module

import spacy
from spacy.language import Language

from triage.content.schema import ContentLang

ATTRIBUTES: Mapping[str, int] = import_module("spacy.attrs").IDS
"""spaCy's numbers for what it knows of a token."""


def tokenizer(lang: ContentLang) -> Language:
    """The blank pipeline, whose tokenizer takes no word at a sentence's end for an abbreviation ("sønnen min.")."""
    nlp = spacy.blank(lang)
    rules: dict[str, object] = getattr(nlp.tokenizer, "rules", {})
    kept_rules = {text: parts for text, parts in rules.items() if not (text.endswith(".") and text.count(".") == 1)}
    setattr(nlp.tokenizer, "rules", kept_rules)  # noqa: B010 - the tokenizer is compiled and untyped
    setattr(nlp.tokenizer, "url_match", None)  # noqa: B010 - nobody's symptom is an address, and looking costs
    return nlp


def reading_tokenizer(lang: ContentLang) -> Language:
    """The same, of whose words only the compared form is worked out."""
    nlp = tokenizer(lang)
    norm = ATTRIBUTES["NORM"]
    getters: dict[int, object] = getattr(nlp.vocab, "lex_attr_getters")  # noqa: B009
    setattr(nlp.vocab, "lex_attr_getters", {norm: getters[norm]})  # noqa: B010
    return nlp


def stop_words(lang: ContentLang) -> frozenset[str]:
    """spaCy's words of every day."""
    return frozenset(spacy.util.get_lang_class(lang).Defaults.stop_words)


def special_texts(nlp: Language) -> frozenset[str]:
    """Texts the tokenizer has a rule of its own for."""
    rules: dict[str, object] = getattr(nlp.tokenizer, "rules", {})
    return frozenset(rules)
