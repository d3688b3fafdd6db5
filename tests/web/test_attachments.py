"""A file from one person to the other: committed piece by piece, harmless, and nobody else's."""

import asyncio
import hashlib
from io import BytesIO

import pytest
from PIL import Image

from core.attachments.limits import CAPTION_LIMIT, LARGEST_BYTES, UNFINISHED_LIMIT
from tests.core import attachment_files as files
from tests.web.attaching import TUS, entries, kept_files, offset, patch, path_of, seen, send, start, told
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_gates import audited
from web.node import Node

PHOTO = files.photo()


async def test_a_photo_reaches_the_nurse_without_the_place_it_was_taken(
    astrid: Somebody, sara: Somebody, contact: str
) -> None:
    attachment = await send(astrid, contact, PHOTO, name="IMG_1234.jpg", caption="Såret på foten", lang="sv")
    clean = await told(sara, attachment, "clean", "refused")
    assert (clean["state"], clean["type"], clean["width"], clean["height"]) == ("clean", "image/jpeg", 320, 200)
    async with sara.http.get(path_of(sara, contact, attachment)) as response:
        data = await response.read()
        headers = response.headers
    assert files.position_of(PHOTO) != {}
    assert files.position_of(data) == {}
    assert hashlib.sha256(data).hexdigest() == clean["digest"]
    assert len(data) == clean["size"]
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Disposition"] == "inline; filename=\"IMG_1234.jpg\"; filename*=UTF-8''IMG_1234.jpg"
    async with sara.http.get(path_of(sara, contact, attachment) + "/thumbnail") as response:
        with Image.open(BytesIO(await response.read())) as small:
            assert small.format == "JPEG"
    assert seen(await entries(astrid, contact), attachment) == ["received", "clean"]


async def test_a_caption_is_read_like_a_message_before_the_bytes_have_come(astrid: Somebody, contact: str) -> None:
    await start(astrid, contact, 1_000, caption="Jag har svårt att andas och tryck över bröstet.", lang="sv")
    await astrid.until("entry", lambda data: data["summary"]["urgency"] == "immediate")


async def test_a_document_is_saved_and_never_shown_in_the_page(astrid: Somebody, sara: Somebody, contact: str) -> None:
    attachment = await send(astrid, contact, files.hostile_document(), name="../../etc/remiss å\u202e.exe")
    clean = await told(sara, attachment, "clean", "refused")
    assert (clean["state"], clean["type"], clean["pages"]) == ("clean", "application/pdf", 1)
    async with sara.http.get(path_of(sara, contact, attachment)) as response:
        assert b"JavaScript" not in await response.read()
        named = response.headers["Content-Disposition"]
    assert named == "attachment; filename=\"remiss _.pdf\"; filename*=UTF-8''remiss%20%C3%A5.pdf"


async def test_sent_again_it_is_the_same_file(astrid: Somebody, contact: str) -> None:
    again = {"client_id": client_id()}
    first = await start(astrid, contact, len(PHOTO), **again)
    async with patch(astrid, path_of(astrid, contact, first["attachment"]), PHOTO[:100]) as response:
        assert (response.status, response.headers["Upload-Offset"]) == (204, "100")
    second = await start(astrid, contact, len(PHOTO), **again)
    assert second == {**first, "offset": 100}
    bodies = await entries(astrid, contact)
    assert len([body for body in bodies if body["kind"] == "attached"]) == 1
    async with patch(astrid, path_of(astrid, contact, first["attachment"]), PHOTO[100:], at=100) as response:
        assert response.status == 204
    async with patch(astrid, path_of(astrid, contact, first["attachment"]), b"", at=len(PHOTO)) as response:
        assert response.status == 204  # the answer was lost: asked again, it is answered again
    await told(astrid, first["attachment"], "clean")


async def test_it_goes_on_only_where_it_stands(astrid: Somebody, contact: str) -> None:
    begun = await start(astrid, contact, len(PHOTO))
    path = path_of(astrid, contact, begun["attachment"])
    async with patch(astrid, path, PHOTO[:64]) as response:
        assert response.status == 204
    for at in (0, 63, 65, len(PHOTO)):
        async with patch(astrid, path, PHOTO[at:], at=at) as response:
            refusal = await response.json()
            assert (response.status, refusal["code"], refusal["data"]) == (409, "wrong_offset", {"offset": 64})
    assert await offset(astrid, path) == 64


async def test_two_tabs_that_send_at_once_commit_every_byte_once(astrid: Somebody, contact: str) -> None:
    begun = await start(astrid, contact, len(PHOTO))
    path = path_of(astrid, contact, begun["attachment"])

    async def one() -> int:
        async with patch(astrid, path, PHOTO) as response:
            return response.status

    assert sorted(await asyncio.gather(one(), one(), one())) == [204, 409, 409]
    await told(astrid, begun["attachment"], "clean")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"size": 0}, "empty"),
        ({"size": -1}, "empty"),
        ({"size": LARGEST_BYTES + 1}, "too_large"),
        ({"size": 9, "name": "x" * 801}, "too_long"),
        ({"size": 9, "caption": "x" * (CAPTION_LIMIT + 1)}, "too_long"),
        ({"size": 9, "client_id": ""}, "bad_request"),
    ],
)
async def test_what_is_too_much_is_refused_before_a_byte_is_sent(
    astrid: Somebody, contact: str, asked: dict[str, object], code: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        await start(astrid, contact, **asked)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not [body for body in await entries(astrid, contact) if body["kind"] == "attached"]


async def test_more_bytes_than_were_announced_are_not_taken(astrid: Somebody, contact: str) -> None:
    begun = await start(astrid, contact, 100)
    async with patch(astrid, path_of(astrid, contact, begun["attachment"]), PHOTO) as response:
        assert (response.status, (await response.json())["code"]) == (413, "too_large")


@pytest.mark.parametrize("data", [b"MZ a program of sorts, longer than that", b"<svg onload=alert(1)>", b"%!PS", b"x"])
async def test_what_is_no_picture_or_document_is_refused_whatever_it_is_called(
    astrid: Somebody, sara: Somebody, contact: str, data: bytes
) -> None:
    with pytest.raises(RefusedError) as refused:
        await send(astrid, contact, data, name="bild.jpg")
    assert refused.value.code == "wrong_type"
    [attached] = [body for body in await entries(sara, contact) if body["kind"] == "attached"]
    answer = await told(sara, str(attached["attachment"]), "refused")
    assert answer["why"] == "wrong_type"


async def test_a_picture_that_lies_about_itself_is_refused_and_both_are_told(
    astrid: Somebody, sara: Somebody, contact: str
) -> None:
    attachment = await send(astrid, contact, files.png_bomb())
    for somebody in (astrid, sara):
        assert (await told(somebody, attachment, "refused", "clean"))["why"] == "too_many_pixels"
    async with sara.http.get(path_of(sara, contact, attachment)) as response:
        assert response.status == 404


async def test_nothing_is_given_out_before_it_was_checked(astrid: Somebody, sara: Somebody, contact: str) -> None:
    begun = await start(astrid, contact, len(PHOTO))
    path = path_of(sara, contact, begun["attachment"])
    for address in (path, f"{path}/thumbnail"):
        async with sara.http.get(address) as response:
            assert response.status == 404


async def test_a_file_is_taken_back_until_it_was_checked(astrid: Somebody, node: Node, contact: str) -> None:
    begun = await start(astrid, contact, len(PHOTO))
    path = path_of(astrid, contact, begun["attachment"])
    async with patch(astrid, path, PHOTO[:200]) as response:
        assert response.status == 204
    for _ in range(2):
        async with astrid.http.delete(path, headers=TUS) as response:
            assert response.status == 204
    async with patch(astrid, path, PHOTO[200:], at=200) as response:
        assert (response.status, (await response.json())["code"]) == (409, "wrong_state")
    assert seen(await entries(astrid, contact), begun["attachment"]) == ["withdrawn"]
    assert kept_files(node) == []
    done = await send(astrid, contact, PHOTO)
    await told(astrid, done, "clean")
    async with astrid.http.delete(path_of(astrid, contact, done), headers=TUS) as response:
        assert (await response.json())["code"] == "wrong_state"


@pytest.mark.parametrize("stranger", ["patient:nils", "staff:petra"])
async def test_to_others_a_file_looks_as_if_it_were_not_there(
    url: str, node: Node, astrid: Somebody, contact: str, stranger: str
) -> None:
    attachment = await send(astrid, contact, PHOTO)
    await told(astrid, attachment, "clean")
    async with signed_in(url, stranger) as somebody:
        answers = []
        for wanted in (attachment, "0" * 32):
            path = path_of(somebody, contact, wanted)
            for method, address in [("GET", path), ("GET", f"{path}/thumbnail"), ("HEAD", path), ("DELETE", path)]:
                async with somebody.http.request(method, address, headers=TUS) as response:
                    answers.append((response.status, await response.read()))
            async with patch(somebody, path, b"x") as response:
                answers.append((response.status, await response.read()))
        assert answers[:5] == answers[5:]
        assert {status for status, _ in answers} == {404}
        with pytest.raises(RefusedError) as refused:
            await start(somebody, contact, 10)
        assert refused.value.code == "not_found"
    rows = [row for row in await audited(node) if row.outcome == "refused" and "/api/attachments" in row.action]
    assert len(rows) == 11


async def test_a_nurse_sees_a_file_but_cannot_go_on_with_or_take_back_the_patients(
    astrid: Somebody, sara: Somebody, node: Node, contact: str
) -> None:
    begun = await start(astrid, contact, len(PHOTO))
    path = path_of(sara, contact, begun["attachment"])
    async with patch(sara, path, PHOTO) as response:
        assert response.status == 404
    async with sara.http.delete(path, headers=TUS) as response:
        assert response.status == 404
    refused = [row for row in await audited(node) if row.outcome == "refused"]
    assert {row.action.split()[0] for row in refused} == {"PATCH", "DELETE"}
    async with patch(astrid, path, PHOTO) as response:
        assert response.status == 204
    await told(sara, begun["attachment"], "clean")
    async with sara.http.get(path) as response:
        assert response.status == 200
    looked = [row for row in await audited(node) if row.action.startswith("GET /api/attachments")]
    assert [row.outcome for row in looked] == ["allowed"]


async def test_staff_send_under_their_claim_having_seen_what_was_there(
    astrid: Somebody, sara: Somebody, contact: str
) -> None:
    head = (await sara.get(f"/api/contacts/{contact}"))["summary"]
    with pytest.raises(RefusedError) as refused:
        await start(sara, contact, 100)
    assert refused.value.code == "bad_request"
    with pytest.raises(RefusedError) as refused:
        await start(sara, contact, 100, claim_no=head["claim_no"] + 1)
    assert refused.value.code == "stale_claim"
    await astrid.call("message:post", contact_id=contact, client_id=client_id(), text="En sak till")
    with pytest.raises(RefusedError) as refused:
        await start(sara, contact, 100, claim_no=head["claim_no"], seen_no=head["head"])
    assert refused.value.code == "behind"
    attachment = await send(sara, contact, files.document(), claim_no=head["claim_no"], name="råd.pdf")
    await told(astrid, attachment, "clean")
    async with astrid.http.get(path_of(astrid, contact, attachment)) as response:
        assert response.status == 200


async def test_there_is_an_end_to_how_many_are_on_their_way(astrid: Somebody, contact: str) -> None:
    for _ in range(UNFINISHED_LIMIT):
        await start(astrid, contact, 100)
    with pytest.raises(RefusedError) as refused:
        await start(astrid, contact, 100)
    assert (refused.value.code, refused.value.data) == ("too_many", {"limit": UNFINISHED_LIMIT})


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "٣"}, 400),
        ({"Content-Type": "image/jpeg"}, 400),
    ],
)
async def test_another_protocol_is_refused(
    astrid: Somebody, contact: str, headers: dict[str, str], status: int
) -> None:
    begun = await start(astrid, contact, 100)
    usual = {**TUS, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    path = path_of(astrid, contact, begun["attachment"])
    async with astrid.http.patch(path, data=b"x", headers={**usual, **headers}) as response:
        assert response.status == status
