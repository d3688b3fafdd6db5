"""The transcript of a contact: every kind says itself, in every language; what is private stays so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import carequeue.kinds
import chat.kinds
from carequeue.entries import Claimed, Closed, HandedBack, Queued
from chat.entries import Answered, ColleagueAsked, Corrected, Message, Opened, Reach
from chat.waiting.entries import CallListed, Reminded
from core.clock import to_ms
from core.errors import FyrError
from core.log.body import Author, Body
from core.log.entry import Entry, Header
from core.log.kinds import AUDIENCES, Kind, Kinds
from core.transcript.line import LANGS, Lang, Line, Telling, to_all, value_words
from core.transcript.transcript import Told, require_told, transcript_of
from rtc.entries import VisitEnded, VisitLeft, VisitStarted
from triage.entries import Assessed, Question, Reason, UrgencySet
from web.app import KINDS

SIX_IN_THE_EVENING = datetime(2026, 11, 26, 17, 5, tzinfo=UTC)
LABELS = {"fever": "feber", "screen_chest": "tryck över bröstet"}
PATIENT, NURSE, SYSTEM = (
    Author(kind="patient", name="Astrid"),
    Author(kind="staff", name="Sara Lind", role="nurse"),
    Author(kind="system"),
)


def telling(lang: Lang = "sv") -> Telling:
    return Telling(lang=lang, zone=ZoneInfo("Europe/Stockholm"), label=lambda name: LABELS.get(name, name))


def entries(*said: tuple[Author, Body | None], kind: str = "message") -> list[Entry]:
    found = []
    for number, (author, body) in enumerate(said, start=1):
        name = str(type(body).__struct_config__.tag) if body is not None else kind
        header = Header(
            stream="contact:c", no=number, kind=name, version=1, at_ms=to_ms(SIX_IN_THE_EVENING), actor_id=author.name,
            author=author, purpose="care", unit_id="hamnen", provider_id="p", client_id=f"c{number}",
            patient_no=number, digest="",
        )  # fmt: skip
        found.append(Entry(header, body))
    return found


def told(said: Sequence[tuple[Author, Body | None]], *, kinds: Kinds = KINDS, **how: Any) -> list[Told]:
    return transcript_of(
        kinds, entries(*said), **{"audience": "staff", "telling": telling(), "protected": False, **how}
    )


@pytest.mark.parametrize(
    ("author", "body", "text"),
    [
        (PATIENT, Opened(subject="self", age_y=58, sex="f", lang="sv"), "Kontakten öppnades. 58 år, kvinna. Ingen av"),
        (PATIENT, Opened(subject="child", age_y=0, age_m=7, lang="sv"), "Den gäller ett barn. 7 månader."),
        (PATIENT, Opened(subject="child", age_y=0, age_m=1, lang="sv"), "Den gäller ett barn. 1 månad."),
        (SYSTEM, Reminded(step="told", since_ms=0, after_min=1), "att det finns ett meddelande, efter 1 min."),
        (SYSTEM, Reminded(step="safety_net", since_ms=0, after_min=2_880), "efter 2 dygn utan svar."),
        (SYSTEM, CallListed(why="silent", since_ms=0, after_min=150, calls=3, every_min=5), "tyst i 2 timmar."),
        (NURSE, ColleagueAsked(text="Ser du?", to_role="unit_lead"), "Fråga till enhetschef: Ser du?"),
        (PATIENT, Opened(subject="self", lang="sv", screen=("screen_chest",)), "larmfrågan: tryck över bröstet"),
        (PATIENT, Message(text="Ont {i} halsen <b>"), "Ont {i} halsen <b>"),
        (PATIENT, Corrected(struck=("fever",)), "Rättelse. Har inte: feber."),
        (PATIENT, Reach(place="Hamngatan 4", phone="070"), "Är här: Hamngatan 4. Nås på 070."),
        (NURSE, HandedBack(reason="Läkare behövs", claim_no=1), "Lämnade tillbaka till kön. Läkare behövs"),
        (NURSE, Closed(reason="booked_visit", safety_net="Ring 112", claim_no=1), "besök bokat. Om det blir sämre: R"),
        (NURSE, UrgencySet(urgency="routine", reason="Mår bra", claim_no=1), "Satte kan vänta: Mår bra"),
        (NURSE, VisitEnded(visit_id="v", duration_s=150), "Det varade 2 min."),
    ],
)
def test_each_kind_reads_as_a_sentence(author: Author, body: Body, text: str) -> None:
    (one,) = told([(author, body)], notes=True)
    assert text in one.line.text
    assert (one.author, one.no, one.at.isoformat()) == (author, 1, "2026-11-26T18:05:00+01:00")


def test_an_answer_stands_with_its_question_and_refers_to_where_it_was_put() -> None:
    ask = (Question(id="Q1", wording="Har du feber?"),)
    put = Assessed(
        urgency="urgent", assessed=True, could_be="urgent", ask=ask, lang="sv", basis_no=1, content_version=""
    )
    lines = told([(SYSTEM, put), (PATIENT, Answered(question="Q1", wording="Har du feber?", value=38.5))])
    assert (lines[1].line.question, lines[1].line.text, lines[1].line.refers_to) == ("Har du feber?", "38,5", 1)


@pytest.mark.parametrize(
    ("value", "sv", "en"), [(True, "Ja", "Yes"), (False, "Nej", "No"), (38.5, "38,5", "38.5"), (4, "4", "4")]
)
def test_values_read_as_people_write_them(value: bool | float, sv: str, en: str) -> None:
    assert (value_words(value, "sv"), value_words(value, "en")) == (sv, en)


def test_an_assessment_that_says_nothing_new_is_told_once_but_people_are_never_merged() -> None:
    same = Assessed(
        urgency="urgent", assessed=True, could_be="urgent", lang="sv", basis_no=1, content_version="",
        reasons=(Reason(rule="RF1", urgency="urgent", text="Feber"),),
    )  # fmt: skip
    left = VisitLeft(visit_id="v", participant="p")
    lines = told([(SYSTEM, same), (PATIENT, left), (SYSTEM, same), (NURSE, left)])
    assert [one.kind for one in lines] == ["assessed", "visit_left", "visit_left"]


def test_the_patient_reads_what_was_understood_and_no_rule() -> None:
    said = Assessed(
        urgency="urgent", assessed=True, could_be="urgent", lang="sv", basis_no=1, content_version="",
        reasons=(Reason(rule="RF1", urgency="urgent", text="Misstänkt sepsis"),),
    )  # fmt: skip
    for_patient = told(
        [(SYSTEM, said), (NURSE, UrgencySet(urgency="routine", reason="Lugnt", claim_no=1))], audience="patient"
    )
    assert [one.kind for one in for_patient] == ["assessed"]
    assert "RF1" not in for_patient[0].line.text
    assert "sepsis" not in for_patient[0].line.text


def test_an_erased_entry_says_that_it_is() -> None:
    (one,) = told([(PATIENT, None)])
    assert one.line == Line(text="Innehållet är raderat.")


def in_private(body: Message, _: Telling) -> Line:
    return Line(text=body.text, private=True)


PRIVATE = Kinds([replace(kind, reads=to_all(in_private)) for kind in chat.kinds.KINDS if kind.name == "message"])


@pytest.mark.parametrize(
    ("audience", "notes", "count"), [("staff", True, 1), ("staff", False, 0), ("patient", True, 0)]
)
def test_what_is_private_is_told_to_staff_who_ask_and_to_no_patient(audience: Any, notes: bool, count: int) -> None:
    lines = told([(NURSE, Message(text="Mellan oss"))], kinds=PRIVATE, audience=audience, notes=notes)
    assert len(lines) == count


def test_a_kind_without_a_say_refuses_the_start() -> None:
    require_told(KINDS)
    mute: list[Kind[Any, Any]] = [replace(kind, reads={}) for kind in carequeue.kinds.KINDS if kind.name == "queued"]
    with pytest.raises(FyrError) as refusal:
        require_told(Kinds(mute))
    assert (refusal.value.code, refusal.value.data["kind"]) == ("unknown_kind", "queued")


BODIES: tuple[Body, ...] = (
    Opened(subject="other", age_y=3, age_m=40, sex="m", lang="nb", screen=("x",)),
    Answered(question="q", wording="w", value=True),
    Corrected(struck=("a",), added=("b",)),
    Claimed(staff_id="s", name="Sara", role="nurse", claim_no=1),
    Queued(unit_id="hamnen"),
    Assessed(urgency="urgent", assessed=False, could_be="urgent", lang="sv", basis_no=1, content_version=""),
    VisitStarted(visit_id="v"),
)


@pytest.mark.parametrize("lang", LANGS)
def test_no_field_is_left_open_in_any_language(lang: Lang) -> None:
    for audience in AUDIENCES:
        for one in transcript_of(
            KINDS,
            entries(*((PATIENT, body) for body in BODIES)),
            audience=audience,
            protected=False,
            telling=telling(lang),
        ):
            assert one.line.text
            assert "{" not in one.line.text
