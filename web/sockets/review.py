"""Socket calls by which the service learns from nurses: marking what was read wrongly, and reviewing it."""

from core.access.gates import ContactAccess, UnitAccess
from core.actor import Actor
from core.errors import FyrError
from core.ids import new_id
from core.log.entry import Scope
from triage.entries import UrgencySet
from triage.evaluation.gold import Gold, GoldSpan
from triage.reader import NOBODY
from triage.review.entries import Meaning, Misread
from triage.review.item import ReviewItem
from triage.review.kinds import Review
from web.gates import contact_gate, preview_gate, staff_gate
from web.push.views import wire_time
from web.registry import Call, on
from web.sockets.contact import check_client_id, committed
from web.wire.contact import Committed, Empty
from web.wire.review import (
    ConceptList,
    ConceptName,
    ExpectedReading,
    ListConcepts,
    ListReviews,
    MarkReading,
    PatientText,
    ReadAs,
    ReviewList,
    ReviewListed,
    RewriteReading,
    Rewritten,
    SetReadingAside,
    ShownReview,
    ShowReview,
)


@on("concept:list", gate=staff_gate)
async def list_concepts(call: Call, body: ListConcepts, actor: Actor) -> ConceptList:
    """Recorded like every look; nobody is in it."""
    await call.node.trail.record(
        actor, action=call.name, about="content", scope=Scope(), outcome="allowed", basis="unit"
    )
    named = ((row.label.get(body.lang), row.id) for row in call.node.content.concepts)
    return ConceptList(concepts=tuple(ConceptName(concept=concept, label=label) for label, concept in sorted(named)))


@on("reading:mark", gate=contact_gate(reads=False))
async def mark_reading(call: Call, body: MarkReading, access: ContactAccess) -> Committed:
    """What was read at the place is taken from the newest assessment. Raises `bad_request`, `too_long`."""
    if body.meant:
        call.node.require_concepts((body.meant,))
    mark = Misread(
        entry=body.entry,
        start=body.start,
        end=body.end,
        meant=Meaning(concept=body.meant, state=body.meant_as) if body.meant else None,
        reason=body.comment.strip(),
    )
    done = await call.node.reviews.mark(access, mark, client_id=check_client_id(body.client_id))
    return committed(access.actor, access.contact_id, done)


@on("review:list", gate=preview_gate)
async def list_reviews(call: Call, body: ListReviews, access: UnitAccess) -> ReviewList:
    """Recorded with how many contacts it leads to."""
    found = await call.node.reviews.listed(access.unit_id, done=body.done)
    contacts = len({place.stream for place, _, _ in found})
    await call.node.gates.previewed(access, action=call.name, contacts=contacts)
    return ReviewList(items=tuple(_listed(call, item, review, lang=body.lang) for _, item, review in found))


@on("review:show", gate=contact_gate(reads=True))
async def show_review(call: Call, body: ShowReview, access: ContactAccess) -> ShownReview:
    """Raises `not_found` where nothing was marked."""
    item, review = await call.node.reviews.find(access, body.no)
    told, background = item.body, item.story.background or NOBODY
    marked = told if isinstance(told, Misread) else None
    return ShownReview(
        listed=_listed(call, item, review, lang=body.lang),
        comment=told.reason,
        texts=tuple(
            PatientText(no=words.entry, text=words.text, start=marked.start, end=marked.end)
            if marked and words.entry == marked.entry
            else PatientText(no=words.entry, text=words.text)
            for words in item.story.words
        ),
        reasons=item.assessed.reasons if item.assessed else (),
        answers=len(_kept_answers(item)),
        lang=background.lang,
        subject=background.subject,
        age_y=background.age_y,
        sex=background.sex,
        rewritten=_shown_row(review.row) if review.row else None,
        why=review.why,
    )


@on("review:rewrite", gate=contact_gate(reads=True))
async def rewrite_reading(call: Call, body: RewriteReading, access: ContactAccess) -> Empty:
    """The answer says nothing of the patient. Raises `not_found`, `empty`, `too_long`, `too_alike`, `bad_request`."""
    new = body.rewritten
    call.node.require_concepts(tuple(one.concept for one in new.reads or ()))
    item, _ = await call.node.reviews.find(access, body.no)
    row = Gold(
        id=f"review-{new_id()}",
        text=new.text.strip(),
        lang=new.lang,
        subject=new.subject,
        age_y=new.age_y,
        sex=new.sex,
        answers=_kept_answers(item) if new.with_answers else {},
        urgency=new.urgency,
        spans=tuple(map(_span, new.reads)) if new.reads is not None else None,
    )
    await call.node.reviews.rewrite(access, body.no, row, client_id=check_client_id(body.client_id))
    return Empty()


@on("review:set_aside", gate=contact_gate(reads=True))
async def set_reading_aside(call: Call, body: SetReadingAside, access: ContactAccess) -> Empty:
    """Raises `not_found`."""
    await call.node.reviews.set_aside(access, body.no, body.why, client_id=check_client_id(body.client_id))
    return Empty()


def _kept_answers(item: ReviewItem) -> dict[str, bool | float | str]:
    """Answers without words."""
    return {name: value for name, value in item.story.answers.items() if not isinstance(value, str)}


def _span(one: ExpectedReading) -> GoldSpan:
    if not one.words.strip():
        raise FyrError("empty", field="words")
    return GoldSpan(concept=one.concept, text=one.words.strip(), negated=one.state == "has_not", state=one.state)


def _shown_row(row: Gold) -> Rewritten:
    return Rewritten(
        text=row.text,
        lang=row.lang or "sv",  # type: ignore[arg-type]  # as a reviewer chose it
        subject=row.subject,
        age_y=row.age_y,
        sex=row.sex,
        with_answers=bool(row.answers),
        urgency=row.urgency,
        reads=None
        if row.spans is None
        else tuple(ExpectedReading(words=one.text, concept=one.concept, state=one.state or "has") for one in row.spans),
    )


def _listed(call: Call, item: ReviewItem, review: Review, *, lang: str) -> ReviewListed:
    told, assessed = item.body, item.assessed
    level = told if isinstance(told, UrgencySet) else None
    marked = told if isinstance(told, Misread) else None
    paths = (assessed.path,) if assessed and assessed.path else ()
    return ReviewListed(
        contact_id=item.header.stream.removeprefix("contact:"),
        no=item.header.no,
        at=wire_time(item.header.at_ms),
        by=item.header.author,
        what="level" if level else "words",
        before=(level.instead_of if level else assessed.urgency if assessed else None) or "urgent",
        after=level.urgency if level else None,
        read_as=tuple(_read_as(call, one, lang) for one in (marked.read_as if marked else ())),
        meant=_read_as(call, marked.meant, lang) if marked and marked.meant else None,
        rules=tuple(reason.rule for reason in (*(assessed.reasons if assessed else ()), *paths)),
        content_version=assessed.content_version if assessed else "",
        status=review.status,
        reviewer=review.by,
        reviewed_at=wire_time(review.at_ms) if review.at_ms else "",
    )


def _read_as(call: Call, one: Meaning, lang: str) -> ReadAs:
    return ReadAs(concept=one.concept, label=call.node.content.label(one.concept, lang), state=one.state)
