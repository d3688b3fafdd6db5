"""Reading one statement whole: language, tokens, concepts, context, numbers. The order of the steps is the pipeline."""

from functools import lru_cache

import msgspec

from triage.assessment import Finding
from triage.case import Statement, Subject
from triage.content import Content
from triage.content.schema import ContentLang
from triage.pipeline.answer import lone_answer
from triage.pipeline.attributes import Attributes
from triage.pipeline.clauses import clauses_of, strange, unread
from triage.pipeline.hints import Hints
from triage.pipeline.language import Languages, is_foreign
from triage.pipeline.lexicon import Lexicon
from triage.pipeline.matching import match
from triage.pipeline.measure import GROWN_Y, Measures, measured, young_spans
from triage.pipeline.negation import Reach
from triage.pipeline.page import CueHit, Hit, Page
from triage.pipeline.person import People, add_child
from triage.pipeline.text import CleanText, clean
from triage.pipeline.tokens import page_of

REMEMBERED = 4_096
"""Readings kept: a story is read anew whenever something is added to it, and most of it is what it was."""


class Reading(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one statement says."""

    lang: ContentLang
    nynorsk: bool = False
    foreign: bool = False
    findings: tuple[Finding, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    strange: tuple[tuple[int, int], ...] = ()
    """Words that belong to nothing that was read: many of them, and nobody knows what was said."""
    measures: Measures = Measures()
    answer: bool | None = None
    """The whole statement is a yes or a no."""


class _Told(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a text says in one language."""

    findings: tuple[Finding, ...]
    unread: tuple[tuple[int, int], ...]
    strange: tuple[tuple[int, int], ...]
    answer: bool | None


class Readers:
    """The pipelines of all languages over one content."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._lexicons: dict[ContentLang, Lexicon] = {}
        self.languages = Languages(content)
        self._hints = Hints()
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
        self._hints.forget()
        for lexicon in self._lexicons.values():
            lexicon.forget()

    def _read(self, statement: Statement, subject: Subject, ui_lang: str | None) -> Reading:
        written = clean(statement.text)
        choice = self.languages.choose(written.text, statement.lang or ui_lang)
        source = _Source(statement.text, written, measured(written.text, self._hints), subject)
        told = self._told(source, choice.lang)
        for lang in choice.others:
            told = _joined(told, self._told(source, lang, than=choice.lang))
        return Reading(
            lang=choice.lang,
            nynorsk=choice.nynorsk,
            foreign=choice.foreign or (choice.doubtful and not told.findings and is_foreign(written.text)),
            findings=told.findings,
            unread=told.unread,
            strange=told.strange,
            measures=source.measures,
            answer=told.answer,
        )

    def _told(self, source: "_Source", lang: ContentLang, *, than: ContentLang | None = None) -> "_Told":
        """What the text says in one language; `than` keeps what words say that this other language does not know."""
        lexicon = self.lexicon(lang)
        page = _page(source.written.text, lexicon)
        judge = _Judge(page, source, lexicon)
        hits = page.hits if than is None else [hit for hit in page.hits if self._only(hit, page, lang=lang, than=than)]
        left = unread(page, source.measures.spans, harmless=lexicon.harmless) if than is None else ()
        odd = strange(page, source.measures.spans) if than is None else ()
        return _Told(
            findings=tuple([judge.finding(hit) for hit in hits]),
            unread=tuple([source.sent(page, start, end) for start, end in left]),
            strange=tuple([source.sent(page, start, end) for start, end in odd]),
            answer=lone_answer(page, lexicon.cues),
        )

    def _only(self, hit: Hit, page: Page, *, lang: ContentLang, than: ContentLang) -> bool:
        return any(self.languages.only_in(page.tokens[at].norm, lang, than=than) for at in hit.own)


@lru_cache(maxsize=4)
def readers(content: Content) -> Readers:
    """The pipelines for a content, built once."""
    return Readers(content)


class _Source(msgspec.Struct, frozen=True, gc=False):
    """The text as it was sent, made clean, and the numbers in it."""

    text: str
    written: CleanText
    measures: Measures
    subject: Subject

    def sent(self, page: Page, start: int, end: int) -> tuple[int, int]:
        """Where in the text as it was sent some tokens stand."""
        return self.written.sent_at(page.starts[start]), self.written.sent_at(page.ends[end - 1])


class _Judge:
    """Everything around the hits of one page."""

    def __init__(self, page: Page, source: _Source, lexicon: Lexicon) -> None:
        self.page = page
        self.source = source
        self.lexicon = lexicon
        measures = source.measures
        for start, end in young_spans(page.text, measures):
            add_child(page, start, end)
        young = measures.age_m is not None or (measures.age_y is not None and measures.age_y < GROWN_Y)
        self.reach = Reach(page, lexicon.lang)
        self.attributes = Attributes(page, measures, lexicon)
        self.people = People(page, declared=source.subject, young=young)
        self.ifs: dict[int, list[CueHit]] = {}
        for cue in page.cues_of("hypothetical"):
            self.ifs.setdefault(page.sentence_of(cue), []).append(cue)

    def finding(self, hit: Hit) -> Finding:
        start, end = self.source.sent(self.page, hit.start, hit.end)
        about = self.attributes
        asked_for = hit.concept in self.lexicon.requests
        severity = about.severity(hit)
        negated = self._negated(hit)
        back = negated and self.lexicon.taken_back.after(hit, self.page)
        return Finding(
            statement=0,
            concept=hit.concept,
            start=start,
            end=end,
            text=self.source.text[start:end],
            negated=negated and not back,
            uncertain=not asked_for and self._uncertain(hit),
            hypothetical=not asked_for and self._hypothetical(hit),
            subject=self.people.whose(hit),
            temporality="current" if back else about.temporality(hit),
            severity=None if severity is None else int(severity),
            duration_h=None if back else about.duration_h(hit),
            onset=about.onset(hit),
            course=about.course(hit),
        )

    def _negated(self, hit: Hit) -> bool:
        cues = self.lexicon.cues
        within = hit.denied or (self.page.undone and not hit.own.isdisjoint(self.page.undone))
        return bool(within) or self.reach.touches(
            hit, before=cues.negation_before, after=cues.negation_after, kind="negation"
        )

    def _uncertain(self, hit: Hit) -> bool:
        cues = self.lexicon.cues
        return self.reach.touches(hit, before=cues.uncertain_before, after=cues.uncertain_after, kind="uncertain")

    def _hypothetical(self, hit: Hit) -> bool:
        if not self.ifs:
            return False
        cues = self.ifs.get(self.page.sentence_of(hit), ())
        return any(cue.end <= hit.start and self._unbroken(cue.end, hit.start) for cue in cues)

    def _unbroken(self, begin: int, end: int) -> bool:
        return self.reach.stops.keys().isdisjoint(range(begin, end))


def _page(text: str, lexicon: Lexicon) -> Page:
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    page = page_of(lowered, lexicon)
    page.text = text
    match(page, lexicon)
    page.clauses = clauses_of(page)
    return page


def _joined(told: _Told, more: _Told) -> _Told:
    """Both readings; what the second found where the first found the same is not found twice."""
    known: dict[str, list[Finding]] = {}
    for row in told.findings:
        known.setdefault(row.concept, []).append(row)
    new = [row for row in more.findings if not any(_over(row, other) for other in known.get(row.concept, ()))]
    findings = sorted((*told.findings, *new), key=lambda row: (row.start, row.end, row.concept))
    return _Told(
        findings=tuple(findings),
        unread=_without(told.unread, new),
        strange=_without(told.strange, new),
        answer=told.answer,
    )


def _without(spans: tuple[tuple[int, int], ...], new: list[Finding]) -> tuple[tuple[int, int], ...]:
    return tuple([(start, end) for start, end in spans if not any(start < row.end and row.start < end for row in new)])


def _over(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end
