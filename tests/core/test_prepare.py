"""What strangers send becomes harmless, or is refused in bounded memory and time; never is the service harmed."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from core.attachments.limits import LARGEST_EDGE, MOST_PAGES, THUMBNAIL_EDGE, MediaType
from core.attachments.prepare import prepare
from core.attachments.prepared import Prepared, Unusable
from core.attachments.segments import bare_jpeg
from core.attachments.sniff import media_type
from tests.core import attachment_files as files

ROOT = Path(__file__).resolve().parents[2]
MEASURED = """
import asyncio, pathlib, resource, sys
from core.attachments.prepare import prepare
asyncio.run(prepare(pathlib.Path(sys.argv[1]).read_bytes(), sys.argv[2]))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime, used.ru_maxrss)
"""


async def made(data: bytes, kind: MediaType | None = None) -> Prepared:
    """The file, written anew."""
    answer = await prepare(data, kind or media_type(data) or "image/jpeg")
    assert isinstance(answer, Prepared), answer
    return answer


async def refused(data: bytes, kind: MediaType | None = None) -> str:
    """Why it was not."""
    answer = await prepare(data, kind or media_type(data) or "image/jpeg")
    assert isinstance(answer, Unusable)
    return answer.why


async def test_a_photo_loses_where_it_was_taken_and_everything_else_that_is_not_seen() -> None:
    photo = files.photo()
    assert files.position_of(photo) != {}
    answer = await made(photo + b"<script>behind the picture</script>")
    for written in (answer.data, answer.thumbnail):
        assert files.position_of(written) == {}
        for told in (b"Exif", files.CAMERA.encode(), b"hemma hos mig", b"script"):
            assert told not in written
    assert (answer.type, answer.width, answer.height) == ("image/jpeg", 320, 200)


async def test_a_photo_taken_upright_is_kept_upright() -> None:
    answer = await made(files.photo(turned=True))
    assert (answer.width, answer.height) == (200, 320)
    with Image.open(BytesIO(answer.data)) as seen:
        top, bottom = seen.getpixel((100, 20)), seen.getpixel((100, 300))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > 50 > top[2]  # turned a quarter clockwise, the red left half lies on top
    assert bottom[2] > 200 > 50 > bottom[0]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16"])
async def test_pictures_of_every_mode_are_taken(mode: str) -> None:
    as_format = "JPEG" if mode == "CMYK" else "PNG"
    answer = await made(files.saved(Image.new(mode, (40, 30)), as_format))
    with Image.open(BytesIO(answer.data)) as seen:
        assert (seen.mode, seen.size) == ("RGB", (40, 30))


@pytest.mark.parametrize(("as_format", "kept"), [("WEBP", "image/jpeg"), ("GIF", "image/png"), ("PNG", "image/png")])
async def test_other_formats_are_written_as_what_every_browser_shows(as_format: str, kept: str) -> None:
    assert (await made(files.saved(Image.new("RGB", (40, 30), "green"), as_format))).type == kept


async def test_only_the_first_picture_of_one_that_moves_is_kept() -> None:
    frames = [Image.new("P", (40, 30), n) for n in range(3)]
    answer = await made(files.saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    with Image.open(BytesIO(answer.data)) as seen:
        assert getattr(seen, "n_frames", 1) == 1


async def test_a_large_picture_is_made_smaller_and_what_shines_through_lies_on_white() -> None:
    answer = await made(files.saved(Image.new("RGBA", (6_000, 300), (0, 0, 0, 0)), "PNG"))
    assert (answer.width, answer.height) == (LARGEST_EDGE, 205)
    with Image.open(BytesIO(answer.data)) as seen, Image.open(BytesIO(answer.thumbnail)) as small:
        assert seen.getpixel((5, 5)) == (255, 255, 255)
        assert max(small.size) == THUMBNAIL_EDGE


async def test_colours_of_a_profile_are_kept_and_the_profile_is_not() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    answer = await made(files.saved(Image.new("RGB", (40, 30), (200, 30, 40)), "PNG", icc_profile=profile))
    with Image.open(BytesIO(answer.data)) as seen:
        assert "icc_profile" not in seen.info
        assert seen.getpixel((1, 1)) == (200, 30, 40)
    odd = files.saved(Image.new("RGB", (40, 30), "red"), "PNG", icc_profile=b"no profile at all")
    assert (await made(odd)).width == 40


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (files.png_bomb(), "too_many_pixels"),
        (files.png_bomb(2_000_000_000, 1), "too_many_pixels"),
        (files.photo()[:300], "damaged"),
        (files.photo()[:-200], "damaged"),
        (b"\xff\xd8\xff\xe0 not a picture", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (files.document()[:200], "damaged"),
        (files.locked_document(), "locked"),
        (files.locked_document(""), "locked"),
        (files.document(MOST_PAGES + 1), "too_many_pages"),
    ],
    ids=[
        "bomb",
        "flat bomb",
        "cut early",
        "cut late",
        "no jpeg",
        "no png",
        "no pdf",
        "cut pdf",
        "locked",
        "half",
        "long",
    ],
)
async def test_what_cannot_be_shown_is_refused_with_its_reason(data: bytes, why: str) -> None:
    assert await refused(data) == why


@pytest.mark.parametrize(
    "bomb", [files.png_profile_bomb, files.huge_page, files.huge_picture_in_document, files.nested_document]
)
def test_what_would_take_much_is_bounded(bomb: Callable[[], bytes], tmp_path: Path) -> None:
    """Harmless or refused, both are right: what matters is that it took little, and that an answer came.

    Asked in a process of its own, which has no other children whose memory could be taken for this one's.
    """
    data = bomb()
    (tmp_path / "bomb").write_bytes(data)
    asked = [sys.executable, "-c", MEASURED, str(tmp_path / "bomb"), media_type(data) or "image/png"]
    path = os.pathsep.join([str(ROOT), str(ROOT / "queue")])
    told = subprocess.run(asked, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True)
    cpu_s, largest_kib = told.stdout.split()
    assert float(cpu_s) < 15 + 1
    assert int(largest_kib) < 1_300_000


async def test_a_document_becomes_quiet() -> None:
    hostile = files.hostile_document()
    answer = await made(hostile)
    with pikepdf.open(BytesIO(answer.data)) as document:
        flat = b"".join(repr(one).encode() + _stream(one) for one in document.objects)
        assert len(document.pages) == 1
        assert "/OpenAction" not in document.Root
    for told in (b"JavaScript", b"app.alert", b"Launch", b"calc.exe", b"inner.exe", b"MZ a program", b"FileAttachment",
                 b"Astrid", b"Exif", files.CAMERA.encode()):  # fmt: skip
        assert told not in flat
        assert told not in answer.data
    assert answer.data.startswith(b"%PDF-")
    with Image.open(BytesIO(answer.thumbnail)) as small:
        assert (small.format, max(small.size)) == ("JPEG", THUMBNAIL_EDGE)


def _stream(one: pikepdf.Object) -> bytes:
    return one.read_raw_bytes() if isinstance(one, pikepdf.Stream) else b""


async def test_what_is_two_things_at_once_becomes_one() -> None:
    photo, document = files.photo(), files.document(1)
    both = photo + document + b"<html><script>alert(1)</script>"
    answer = await made(both)
    assert answer.type == "image/jpeg"
    assert b"%PDF" not in answer.data
    turned = await made(document + photo)
    assert turned.type == "application/pdf"
    assert b"\xff\xd8\xff" not in turned.data
    assert media_type(b"<html>" + document) is None


def test_a_picture_without_segments_is_the_same_picture() -> None:
    photo = files.photo()
    bare = bare_jpeg(photo)
    with Image.open(BytesIO(photo)) as before, Image.open(BytesIO(bare)) as after:
        assert before.tobytes() == after.tobytes()
        assert dict(after.getexif()) == {}
    assert b"hemma" not in bare


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8", b"\xff\xd8\xff\xe1"]))
def test_taking_segments_away_ends_for_any_bytes(data: bytes, start: bytes) -> None:
    assert len(bare_jpeg(start + data)) <= len(start + data)


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8), st.booleans())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_is_answered(at: int, noise: bytes, is_document: bool) -> None:
    whole = files.document(1) if is_document else files.photo()
    hurt = whole[:at] + noise + whole[at + len(noise) :]
    kind: MediaType = "application/pdf" if is_document else "image/jpeg"
    assert isinstance(asyncio.run(prepare(hurt, kind)), Prepared | Unusable)


async def test_the_bench_knows_no_setting() -> None:
    os.environ["FYR_CANARY"] = "secret"
    try:
        heavy = asyncio.create_task(prepare(files.photo(6_000, 6_000), "image/jpeg"))
        while not (found := [one for one in psutil.Process().children() if "core.attachments.bench" in one.cmdline()]):
            await asyncio.sleep(0.01)
        environ = found[0].environ()
        assert isinstance(await heavy, Prepared)
    finally:
        del os.environ["FYR_CANARY"]
    assert environ.keys() <= {"LC_CTYPE"}
