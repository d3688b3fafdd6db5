"""The transcript as a paper and as FHIR: whole, tagged, escaped, and in nobody else's hands."""

import asyncio
import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pikepdf
import pypdfium2
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.communication import Communication

from core.errors import FyrError
from core.log.body import ActorKind, Author
from core.transcript.line import LANGS, Lang, Line
from core.transcript.transcript import Told
from tests.web.client import RefusedError, Somebody, client_id
from tests.web.test_story import CHEST, opened
from web.fhir.communication import Thread, communications
from web.transcript.page import Heading, transcript_page
from web.transcript.pdf import Press

NEW_YEAR = datetime(2026, 12, 31, 23, 59, tzinfo=ZoneInfo("Europe/Oslo"))
INJECTED = '<img src="http://127.0.0.1:9/x"></p><script>alert(1)</script>&amp;'


def told(no: int, kind: ActorKind = "patient", **line: Any) -> Told:
    author = Author(kind=kind, name="Astrid Holm", role="nurse" if kind == "staff" else "")
    return Told(no=no, kind="message", at=NEW_YEAR, author=author, line=Line(**{"text": "hej", "said": True, **line}))


def heading(lang: Lang = "sv", *, notes: bool = False) -> Heading:
    return Heading(
        lang=lang, unit="Hamnen", about="Astrid Holm, 1968-03-04", opened_at=NEW_YEAR, closed_at=None,
        printed_at=NEW_YEAR, printed_by="Sara Lind", notes=notes,
    )  # fmt: skip


async def closed_story(patient: Somebody, nurse: Somebody) -> str:
    """A contact with a question answered, a reply and advice, closed."""
    contact_id = await opened(patient)
    await patient.entry("understood")
    await patient.call("answer:give", contact_id=contact_id, client_id=client_id(), question="screen_chest", value=True)
    claim = await nurse.call("queue:claim", contact_id=contact_id, client_id=client_id())
    head = (await nurse.call("contact:follow", contact_id=contact_id))["summary"]["head"]
    under = {"contact_id": contact_id, "claim_no": claim["claim_no"]}
    await nurse.call("message:post", **under, client_id=client_id(), seen_no=head, text=f"Hej! {INJECTED}")
    closing = {"reason": "called_112_113", "safety_net": "Ring 112 igen om det blir värre.", "understood": "said"}
    await nurse.call("contact:close", **under, client_id=client_id(), **closing)
    return contact_id


async def fetched(somebody: Somebody, path: str) -> tuple[bytes, Any]:
    async with somebody.http.get(somebody.url + path) as response:
        assert response.status == 200, await response.text()
        return await response.read(), response.headers


def resources(bundle: Bundle) -> list[Any]:
    """What a bundle holds, as many as it says."""
    found = [entry.resource for entry in bundle.entry or []]
    assert bundle.total == len(found)
    return found


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return text.replace("\r\n", "\n")


async def test_the_paper_is_whole_tagged_and_in_its_language(astrid: Somebody, sara: Somebody) -> None:
    contact_id = await closed_story(astrid, sara)
    data, headers = await fetched(astrid, f"/api/contacts/{contact_id}/transcript.pdf?lang=sv")
    text = " ".join(text_of(data).split())
    for words in (
        CHEST,
        "Astrid Holm, patient",
        "Sara Lind, sjuksköterska",
        INJECTED,
        "112/113 larmat",
        "Ring 112 igen",
    ):
        assert words in text
    assert "RF030" not in text  # rules are for staff
    with pikepdf.open(io.BytesIO(data)) as document:
        assert str(document.Root.Lang) == "sv"
        assert bool(document.Root.MarkInfo.Marked)
        assert document.open_metadata()["pdfuaid:part"] == "1"
        assert str(document.docinfo["/Title"]) == "Samtalslogg"
        fonts = {str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()}
    assert any("Figtree" in font for font in fonts)
    assert next(pypdfium2.PdfDocument(data).get_toc()).get_title() == "Samtalslogg"
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith('attachment; filename="fyr-2')
    assert "sandbox" in headers["Content-Security-Policy"]


async def test_staff_read_the_rules_and_every_question_with_its_answer(astrid: Somebody, sara: Somebody) -> None:
    contact_id = await closed_story(astrid, sara)
    data, _ = await fetched(sara, f"/api/contacts/{contact_id}/transcript.pdf?lang=sv&notes=true")
    text = " ".join(text_of(data).split())
    assert "RF030" in text
    assert "Innehåller interna anteckningar" in text
    entries = (await astrid.get(f"/api/contacts/{contact_id}"))["entries"]
    wording = next(entry["body"]["wording"] for entry in entries if entry["body"]["kind"] == "answered")
    assert f"{wording} Ja" in text


async def test_the_resources_are_valid_and_threaded(astrid: Somebody, sara: Somebody) -> None:
    contact_id = await closed_story(astrid, sara)
    data, headers = await fetched(sara, f"/fhir/Communication?encounter={contact_id}")
    assert headers["Content-Type"].startswith("application/fhir+json")
    found = resources(Bundle.model_validate_json(data))
    assert all(isinstance(one, Communication) for one in found)
    numbers = [int(str(one.id).removeprefix(f"{contact_id}-")) for one in found]
    assert numbers == sorted(set(numbers))
    assert {str(one.partOf[0].reference) for one in found[1:]} == {f"Communication/{found[0].id}"}
    assert all(one.sent.tzinfo is not None for one in found)
    said = {one.payload[0].contentString: one for one in found}
    assert said[CHEST].sender.type == "Patient"
    assert said[f"Hej! {INJECTED}"].sender.display == "Sara Lind"
    assert said["Ja"].topic.text


async def test_a_patient_who_asks_for_notes_gets_their_own_view(astrid: Somebody, sara: Somebody) -> None:
    contact_id = await closed_story(astrid, sara)
    data, _ = await fetched(astrid, f"/fhir/Communication?encounter={contact_id}&notes=true")
    assert b"RF030" not in data
    assert b"urgency_set" not in data


@pytest.mark.parametrize("asked", ["lang=sw", "notes=perhaps"])
async def test_what_cannot_be_asked_is_refused(astrid: Somebody, asked: str) -> None:
    contact_id = await opened(astrid)
    with pytest.raises(RefusedError) as refused:
        await astrid.get(f"/api/contacts/{contact_id}/transcript.pdf?{asked}")
    assert refused.value.code == "bad_request"


def test_what_is_private_is_labelled_and_answers_refer_to_their_questions() -> None:
    lines = [
        told(1),
        told(2, "staff", private=True),
        told(4, refers_to=1),
        told(5, refers_to=3, attachments=("a.pdf",)),
    ]
    bundle = communications(Thread(contact_id="c" * 32, base="https://fyr.example/fhir"), lines, at=NEW_YEAR)
    first, note, answer, last = resources(Bundle.model_validate(bundle))
    assert [tag.code for tag in note.meta.security] == ["R"]
    assert first.meta is None
    assert str(answer.inResponseTo[0].reference) == f"Communication/{first.id}"
    assert last.inResponseTo is None  # what it refers to was not handed out
    assert [one.contentAttachment.title for one in last.payload if one.contentAttachment] == ["a.pdf"]
    assert bundle["entry"][0]["fullUrl"] == f"https://fyr.example/fhir/Communication/{first.id}"


def test_an_empty_contact_is_a_valid_bundle() -> None:
    bundle = Bundle.model_validate(communications(Thread(contact_id="c"), [], at=NEW_YEAR))
    assert (bundle.total, bundle.entry) == (0, None)


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_escapes_everything_and_leaves_no_field_open(lang: Lang) -> None:
    lines = [
        told(1, text=INJECTED, lang='"><b>', question=INJECTED, attachments=(INJECTED,)),
        told(2, "system", text="", said=False, refers_to=1, private=True),
    ]
    page = transcript_page(heading(lang, notes=True), lines)
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert "{" not in page.partition("</style>")[2]
    assert "23:59" in page


async def test_the_press_fetches_nothing() -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(body=b"x")

    application = web.Application()
    application.router.add_get("/{any}", answer)
    server = TestServer(application)
    await server.start_server()
    own = str(server.make_url("/picture"))
    async with aiohttp.ClientSession() as http, http.get(own) as reached:
        assert (reached.status, asked) == (200, ["/picture"])
    made = await Press().print(
        f'<html lang="sv"><title>x</title><style>@import "{own}"; p {{ background: url({own}) }}</style>'
        f'<link rel=stylesheet href="{own}"><img src="{own}"><img src="file:///etc/passwd"><p>hej</p></html>',
        asked_by="astrid",
    )
    await server.close()
    assert made.startswith(b"%PDF")
    assert asked == ["/picture"]


async def test_a_paper_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(FyrError) as refused:
        await Press(within_s=0.01).print(transcript_page(heading(), [told(1)]), asked_by="astrid")
    assert refused.value.code == "unreachable"


async def test_one_person_has_one_paper_printed_at_a_time_and_others_their_own() -> None:
    press, page = Press(), transcript_page(heading(), [told(1)])
    first = asyncio.create_task(press.print(page, asked_by="astrid"))
    await asyncio.sleep(0)
    with pytest.raises(FyrError) as refused:
        await press.print(page, asked_by="astrid")
    assert refused.value.code == "too_fast"
    both = await asyncio.gather(first, press.print(page, asked_by="nils"))
    assert [made[:4] for made in both] == [b"%PDF", b"%PDF"]
    assert (await press.print(page, asked_by="astrid")).startswith(b"%PDF")
