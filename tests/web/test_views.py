"""What readers see of entries: numbers without gaps, also where something has been erased."""

from core.log.body import Author
from core.log.entry import Entry, Header
from core.log.kinds import AUDIENCES, Audience
from web.app import KINDS
from web.push.views import entry_view
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
