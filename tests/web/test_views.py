"""What readers see of entries: numbers without gaps, also where something was erased; who, where no name is shown."""

from datetime import UTC

import pytest

from carequeue.entries import Claimed
from carequeue.transcript import say_claimed
from core.log.body import Author
from core.log.entry import Entry, Header
from core.log.kinds import AUDIENCES, Audience
from core.transcript.line import LANGS, Lang, Telling
from rtc.entries import VisitJoined, VisitKnocked
from rtc.state import Member, Visit
from rtc.transcript import say_joined, say_knocked
from web.app import KINDS
from web.push.views import entry_view, visit_summary
from web.wire.contact import Erased


def erased(kind: str, patient_no: int | None) -> Entry:
    header = Header(
        stream="contact:c", no=7, kind=kind, version=1, at_ms=0, actor_id="patient:astrid",
        author=Author(kind="patient"), purpose="own", unit_id="u", provider_id="p", client_id="c7",
        patient_no=patient_no, digest="",
    )  # fmt: skip
    return Entry(header, None)


def test_an_erased_entry_keeps_its_place_for_whoever_saw_it() -> None:
    numbers: dict[Audience, int] = {"staff": 7, "patient": 5}
    for audience in AUDIENCES:
        view = entry_view(KINDS, erased("message", 5), audience=audience, reader="patient:astrid", protected=False)
        assert view is not None
        assert (view.no, view.body) == (numbers[audience], Erased())


def test_an_erased_entry_stays_hidden_from_whom_it_was_hidden() -> None:
    hidden = erased("urgency_set", None)
    assert entry_view(KINDS, hidden, audience="patient", reader="patient:astrid", protected=False) is None
    assert entry_view(KINDS, hidden, audience="staff", reader="staff:sara", protected=False) is not None


def test_staff_without_a_name_have_a_role_and_a_unit_in_a_visit() -> None:
    nurse = Member(participant="n", name="", role="clinician", place="in")
    patient = Member(participant="p", name="Astrid", role="patient", place="lobby")
    told = visit_summary(Visit(visit_id="v", members=(nurse, patient)), "Hamnens hälsocentral", with_guests=False)
    assert told is not None
    assert [(one.name, one.role, one.unit) for one in told.members] == [
        ("", "clinician", "Hamnens hälsocentral"),
        ("Astrid", "patient", ""),
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_no_line_of_a_transcript_lacks_who_did_it(lang: Lang) -> None:
    telling = Telling(lang=lang, zone=UTC, label=str)
    claimed = Claimed(staff_id="s", name="", role="nurse", claim_no=1)
    said = [
        say_claimed(claimed, telling),
        say_joined(VisitJoined(visit_id="v", participant="n", name="", role="clinician"), telling),
    ]
    said.append(say_knocked(VisitKnocked(visit_id="v", participant="n", name="", role="clinician"), telling))
    assert [line.text[0].isupper() for line in said] == [True] * 3
    assert said[0].text.startswith({"sv": "En sjuksköterska ", "nb": "En sykepleier ", "en": "A nurse "}[lang])
