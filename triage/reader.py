"""The engine as the contact's log uses it: a story so far in, the entry that says how it was understood out."""

from collections.abc import Iterable, Sequence
from typing import Literal

from triage.assess import assess
from triage.assessment import Assessment
from triage.assessment import Finding as Read
from triage.case import Case, Statement
from triage.content import Content
from triage.content.schema import Question as Row
from triage.entries import Assessed, Finding, Level, Question, Reason, State
from triage.pipeline.language import content_lang
from triage.plain import safe_because, three_lines
from triage.rules.decide import rule_book
from triage.sorting import HAS, subjects_of
from triage.told import Background, Story

NOBODY = Background(subject="self", age_y=None, age_m=None, sex=None, lang="", screen=())
_ANSWER_AS: dict[str, Literal["bool", "number", "text"]] = {"bool": "bool", "int": "number", "number": "number"}


class Reader:
    """Assesses stories with one content. Pure: the same story gives the same entry."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.red_flags = rule_book(content).red_flags

    def __call__(self, story: Story, *, basis_no: int) -> Assessed:
        """The assessment of everything told up to entry `basis_no`.

        What the patient strikes is shown as denied but lowers nothing; what they add counts as said.
        """
        case = case_of(story)
        result = assess(case, self.content)
        lang = content_lang(case.ui_lang) or result.lang
        entries = [words.entry for words in story.words]
        reasons, findings = (
            tuple(self._reasons(result, lang, entries)),
            tuple(self._findings(result, case, story, lang=lang)),
        )
        return Assessed(
            urgency=result.urgency,
            assessed=result.status == "assessed",
            could_be=result.could_be,
            if_silent=result.if_silent,
            reasons=reasons,
            findings=findings,
            unread=tuple((entries[index], start, end) for index, start, end in result.unread),
            ask=tuple(self._questions(result, lang)),
            denied=tuple(self.content.label(row, lang) for row in story.struck if row in self.red_flags),
            safety_net=self._safety_net(result, lang),
            plain=_plain(result, lang, reasons=reasons, findings=findings),
            path=self._path(result, lang),
            lang=lang,
            basis_no=basis_no,
            content_version=result.content_version,
        )

    def _path(self, result: Assessment, lang: str) -> Reason | None:
        row = self.content.path(result.safe_path) if result.safe_path else None
        if row is None:
            return None
        said = {str(concept) for concept in (*row.about, *row.allows)}
        words = dict.fromkeys(found.text for found in result.findings if found.concept in said and not found.negated)
        denied = [question.wording.get(lang) for name in row.denied if (question := self.content.question(name))]
        return Reason(
            rule=str(row.id),
            urgency=row.urgency,
            text=safe_because(denied, lang),
            words=tuple(words),
            source=row.source,
            confirmed=row.review == "reviewed",
        )

    def _reasons(self, result: Assessment, lang: str, entries: list[int]) -> Iterable[Reason]:
        for fired in result.rules:
            rule = self.content.rule(fired.id)
            if rule is not None:
                told = [result.findings[at] for at in fired.evidence]
                words = dict.fromkeys(found.text for found in told)
                yield Reason(
                    rule=fired.id,
                    urgency=fired.urgency,
                    text=rule.reason.get(lang),
                    words=tuple(words),
                    at=tuple((entries[found.statement], found.start, found.end) for found in told),
                    source=rule.source,
                    confirmed=rule.review == "reviewed",
                )

    def _findings(self, result: Assessment, case: Case, story: Story, *, lang: str) -> Iterable[Finding]:
        subject = subjects_of(case, result.findings)[0]
        for finding in result.findings:
            struck = finding.concept in story.struck
            yield Finding(
                entry=story.words[finding.statement].entry,
                start=finding.start,
                end=finding.end,
                concept=finding.concept,
                label=self.content.label(finding.concept, lang),
                state="has_not" if struck else state_of(finding, subject),
                severity=finding.severity,
                duration_h=finding.duration_h,
            )

    def _questions(self, result: Assessment, lang: str) -> Iterable[Question]:
        rows = ((self.content.question(name), result.changes.get(name)) for name in result.ask)
        return [_question(row, lang, could_be) for row, could_be in rows if row is not None]

    def _safety_net(self, result: Assessment, lang: str) -> str:
        path = self.content.path(result.safe_path) if result.safe_path else None
        net = path.safety_net if path is not None else self.content.safety_net(result.urgency)
        return net.get(lang)


def case_of(story: Story) -> Case:
    """The case a story adds up to. The emergency screen's items are answers; an added concept is a yes to it."""
    background = story.background or NOBODY
    added: dict[str, bool | float | str] = {f"{HAS}{concept}": True for concept in story.added}
    return Case(
        statements=tuple(Statement(words.text, lang=words.lang, asked=words.asked) for words in story.words),
        subject=background.subject,
        age_y=background.age_y,
        age_m=background.age_m,
        sex=background.sex,
        answers={**story.answers, **added},
        vitals=story.vitals,
        vitals_after=story.vitals_after,
        ui_lang=background.lang or None,
    )


def state_of(finding: Read, subject: str) -> State:
    """What a finding says about the patient, for a chip."""
    if finding.subject != subject:
        return "other_person"
    if finding.negated:
        return "has_not"
    if finding.uncertain or finding.hypothetical:
        return "unsure"
    return "has" if finding.temporality == "current" else "past"


def _question(row: Row, lang: str, could_be: Level | None) -> Question:
    answer = _ANSWER_AS.get(row.kind, "text")
    return Question(id=str(row.id), wording=row.wording.get(lang), answer=answer, could_be=could_be)


def _plain(result: Assessment, lang: str, *, reasons: Sequence[Reason], findings: Sequence[Finding]) -> tuple[str, ...]:
    """The patient's lines; what decided is the first rule of the level itself."""
    decided = next((reason.words for reason in reasons if reason.urgency == result.urgency), ())
    has = dict.fromkeys(finding.label for finding in findings if finding.state == "has")
    understood = result.status == "assessed"
    return three_lines(
        result.urgency, lang, assessed=understood, has=tuple(has), words=decided, asks=bool(result.changes)
    )
