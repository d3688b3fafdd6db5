"""Reading one statement whole: language, tokens, concepts, context, numbers. The order of the steps is the pipeline."""

from functools import lru_cache

import msgspec

from triage.assessment import Finding
from triage.case import Statement, Subject
from triage.content import Content
from triage.content.schema import ContentLang
from triage.pipeline.attributes import Attributes
from triage.pipeline.clauses import clauses_of, unread
from triage.pipeline.language import Languages
from triage.pipeline.lexicon import Lexicon
from triage.pipeline.matching import match
from triage.pipeline.measure import Measures, measured
from triage.pipeline.negation import Reach
from triage.pipeline.page import Hit, Page
from triage.pipeline.person import whose
from triage.pipeline.text import CleanText, clean
from triage.pipeline.tokens import tokens_of

REMEMBERED = 4_096
"""Readings kept: a story is read anew whenever something is added to it, and most of it is what it was."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one statement says."""

    lang: ContentLang
    foreign: bool = False
    findings: tuple[Finding, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    measures: Measures = Measures()
    answer: bool | None = None
    """The whole statement is a yes or a no."""


class Readers:
    """The pipelines of all languages over one content."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._lexicons: dict[ContentLang, Lexicon] = {}
        self.languages = Languages(content)
        self._remembered = lru_cache(REMEMBERED)(self._read)

    def read(self, statement: Statement, *, subject: Subject, ui_lang: str | None, index: int = 0) -> Reading:
        """The reading of one statement; findings carry `index` and positions in the text as given."""
        reading = self._remembered(statement, subject, ui_lang)
        if index == 0:
            return reading
        findings = tuple(msgspec.structs.replace(finding, statement=index) for finding in reading.findings)
        return msgspec.structs.replace(reading, findings=findings)

    def lexicon(self, lang: ContentLang) -> Lexicon:
        """The words of one language, loaded when first needed."""
        found = self._lexicons.get(lang)
        if found is None:
            found = self._lexicons[lang] = Lexicon(self._content, lang)
        return found

    def forget_texts(self) -> None:
        """Read everything anew from now on."""
        self._remembered.cache_clear()

    def forget(self) -> None:
        """Keep nothing that was read: words somewhere among it have been erased."""
        self.forget_texts()
        for lexicon in self._lexicons.values():
            lexicon.forget()

    def _read(self, statement: Statement, subject: Subject, ui_lang: str | None) -> Reading:
        written = clean(statement.text)
        lang, foreign = self.languages.choose(written.text, statement.lang or ui_lang)
        lexicon = self.lexicon(lang)
        with lexicon.nlp.vocab.memory_zone():
            page = _page(written.text, lexicon)
        measures = measured(written.text)
        judge = _Judge(page, measures, lexicon, subject=subject)
        return Reading(
            lang=lang,
            foreign=foreign,
            findings=tuple(judge.finding(hit, written, given=statement.text) for hit in page.hits),
            unread=tuple(_sent(page, span, written) for span in unread(page)),
            measures=measures,
            answer=_lone_answer(page, lexicon),
        )


@lru_cache(maxsize=4)
def readers(content: Content) -> Readers:
    """The pipelines for a content, built once."""
    return Readers(content)


class _Judge:
    """Everything around the hits of one page."""

    def __init__(self, page: Page, measures: Measures, lexicon: Lexicon, *, subject: Subject) -> None:
        self.page = page
        self.lexicon = lexicon
        self.subject = subject
        self.reach = Reach(page, lexicon.lang)
        self.attributes = Attributes(page, measures, lexicon)

    def finding(self, hit: Hit, written: CleanText, *, given: str) -> Finding:
        tokens = self.page.tokens
        start, end = written.sent_at(tokens[hit.start].start), written.sent_at(tokens[hit.end - 1].end)
        about = self.attributes
        asked_for = self.lexicon.concepts[hit.concept].kind == "request"
        severity, duration = about.severity(hit), about.duration_h(hit)
        return Finding(
            statement=0,
            concept=hit.concept,
            start=start,
            end=end,
            text=given[start:end],
            negated=self._negated(hit),
            uncertain=not asked_for and self._uncertain(hit),
            hypothetical=not asked_for and self._hypothetical(hit),
            subject=whose(self.page, hit, declared=self.subject),
            temporality=about.temporality(hit),
            severity=None if severity is None else int(severity),
            duration_h=duration,
            onset=about.onset(hit),
            course=about.course(hit),
        )

    def _negated(self, hit: Hit) -> bool:
        cues = self.lexicon.cues
        suffixed = any(self.page.tokens[at].denied for at in hit.own)
        return suffixed or self.reach.touches(
            hit, before=cues.negation_before, after=cues.negation_after, kind="negation"
        )

    def _uncertain(self, hit: Hit) -> bool:
        cues = self.lexicon.cues
        return self.reach.touches(hit, before=cues.uncertain_before, after=cues.uncertain_after, kind="uncertain")

    def _hypothetical(self, hit: Hit) -> bool:
        sentence = self.page.sentence_of(hit)
        return any(
            cue.end <= hit.start and self.page.sentence_of(cue) == sentence and self._unbroken(cue.end, hit.start)
            for cue in self.page.cues_of("hypothetical")
        )

    def _unbroken(self, begin: int, end: int) -> bool:
        return not any(begin <= at < end for at in self.reach.stops)


def _page(text: str, lexicon: Lexicon) -> Page:
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    page = Page(text, tokens_of(lexicon.nlp.tokenizer(lowered), lowered, lexicon))
    match(page, lexicon)
    page.clauses = clauses_of(page)
    return page


def _sent(page: Page, span: tuple[int, int], written: CleanText) -> tuple[int, int]:
    start, end = span
    return written.sent_at(page.tokens[start].start), written.sent_at(page.tokens[end - 1].end)


def _lone_answer(page: Page, lexicon: Lexicon) -> bool | None:
    words = " ".join(token.norm for token in page.tokens if token.norm[0].isalpha())
    if words in lexicon.cues.no:
        return False
    return True if words in lexicon.cues.yes else None
