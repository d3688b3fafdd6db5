"""Reading one statement whole: language, tokens, concepts, context, numbers. The order of the steps is the pipeline."""

from functools import lru_cache

import msgspec

from triage.assessment import Finding
from triage.case import Statement, Subject
from triage.content import Content
from triage.content.schema import ContentLang
from triage.pipeline.answer import lone_answer
from triage.pipeline.attributes import Attributes
from triage.pipeline.clauses import clauses_of, unread
from triage.pipeline.language import Languages, is_foreign
from triage.pipeline.lexicon import Lexicon
from triage.pipeline.matching import match
from triage.pipeline.measure import GROWN_Y, Measures, measured, young_spans
from triage.pipeline.negation import Reach
from triage.pipeline.page import Hit, Page
from triage.pipeline.person import add_child, whose
from triage.pipeline.text import CleanText, clean
from triage.pipeline.tokens import tokens_of

REMEMBERED = 4_096
"""Readings kept: a story is read anew whenever something is added to it, and most of it is what it was."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one statement says."""

    lang: ContentLang
    nynorsk: bool = False
    foreign: bool = False
    findings: tuple[Finding, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    measures: Measures = Measures()
    answer: bool | None = None
    """The whole statement is a yes or a no."""


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a text says in one language."""

    findings: tuple[Finding, ...]
    unread: tuple[tuple[int, int], ...]
    answer: bool | None


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
        choice = self.languages.choose(written.text, statement.lang or ui_lang)
        measures = measured(written.text)
        told = self._told(written, choice.lang, measures=measures, subject=subject)
        for lang in choice.others:
            told = _joined(told, self._told(written, lang, measures=measures, subject=subject, than=choice.lang))
        findings = tuple(
            msgspec.structs.replace(finding, text=statement.text[finding.start : finding.end])
            for finding in told.findings
        )
        return Reading(
            lang=choice.lang,
            nynorsk=choice.nynorsk,
            foreign=choice.foreign or (choice.doubtful and not findings and is_foreign(written.text)),
            findings=findings,
            unread=told.unread,
            measures=measures,
            answer=told.answer,
        )

    def _told(
        self,
        written: CleanText,
        lang: ContentLang,
        *,
        measures: Measures,
        subject: Subject,
        than: ContentLang | None = None,
    ) -> "_Told":
        """What the text says in one language; `than` keeps what words say that this other language does not know."""
        lexicon = self.lexicon(lang)
        with lexicon.nlp.vocab.memory_zone():
            page = _page(written.text, lexicon)
        judge = _Judge(page, measures, lexicon, subject=subject)
        hits = [hit for hit in page.hits if than is None or self._only(hit, page, lang=lang, than=than)]
        return _Told(
            findings=tuple(judge.finding(hit, written) for hit in hits),
            unread=tuple(_sent(page, span, written) for span in unread(page, measures.spans)) if than is None else (),
            answer=lone_answer(page, lexicon.cues),
        )

    def _only(self, hit: Hit, page: Page, *, lang: ContentLang, than: ContentLang) -> bool:
        return any(self.languages.only_in(page.tokens[at].norm, lang, than=than) for at in hit.own)


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
        for start, end in young_spans(page.text, measures):
            add_child(page, start, end)
        self.reach = Reach(page, lexicon.lang)
        self.attributes = Attributes(page, measures, lexicon)
        self.young = measures.age_m is not None or (measures.age_y is not None and measures.age_y < GROWN_Y)

    def finding(self, hit: Hit, written: CleanText) -> Finding:
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
            text="",
            negated=self._negated(hit),
            uncertain=not asked_for and self._uncertain(hit),
            hypothetical=not asked_for and self._hypothetical(hit),
            subject=whose(self.page, hit, declared=self.subject, young=self.young),
            temporality=about.temporality(hit),
            severity=None if severity is None else int(severity),
            duration_h=duration,
            onset=about.onset(hit),
            course=about.course(hit),
        )

    def _negated(self, hit: Hit) -> bool:
        cues = self.lexicon.cues
        within = hit.denied or any(self.page.tokens[at].denied for at in hit.own)
        return within or self.reach.touches(
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


def _joined(told: _Told, more: _Told) -> _Told:
    """Both readings; what the second found where the first found the same is not found twice."""
    new = [row for row in more.findings if not any(_same(row, other) for other in told.findings)]
    findings = sorted((*told.findings, *new), key=lambda row: (row.start, row.end, row.concept))
    unread = [(start, end) for start, end in told.unread if not any(start < row.end and row.start < end for row in new)]
    return _Told(findings=tuple(findings), unread=tuple(unread), answer=told.answer)


def _same(one: Finding, other: Finding) -> bool:
    return one.concept == other.concept and one.start < other.end and other.start < one.end
