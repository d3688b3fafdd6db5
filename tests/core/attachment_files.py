"""Files for the tests of attachments, made here: harmless, odd and hostile ones."""

import random
import struct
import zlib
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image

STOCKHOLM = ((59.0, 19.0, 57.0), (18.0, 4.0, 7.0))
CAMERA = "Telefon 1234"
ORIENTATION, MAKE, GPS, TURNED = 0x0112, 0x010F, 0x8825, 6
EICAR_OF_OURS = b"fyr-test-signature-of-our-own"
"""What the tests' own virus database knows; nothing real."""


def photo(width: int = 320, height: int = 200, *, turned: bool = False) -> bytes:
    """A JPEG as a phone makes it: the left half red, with camera, position, a comment and an embedded thumbnail."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[MAKE] = CAMERA
    if turned:
        exif[ORIENTATION] = TURNED
    place = exif.get_ifd(GPS)
    place.update({1: "N", 2: STOCKHOLM[0], 3: "E", 4: STOCKHOLM[1]})
    return saved(picture, "JPEG", exif=exif, comment=b"hemma hos mig", quality=90)


def noise(edge: int = 700) -> bytes:
    """A picture that cannot be squeezed: about as many bytes as it has colour values."""
    seeded = random.Random(edge)
    return saved(Image.frombytes("RGB", (edge, edge), seeded.randbytes(edge * edge * 3)), "PNG")


def saved(picture: Image.Image, as_format: str, **options: Any) -> bytes:
    """The picture's bytes."""
    into = BytesIO()
    picture.save(into, as_format, **options)
    return into.getvalue()


def position_of(data: bytes) -> dict[int, Any]:
    """The position a picture tells, empty when it tells none."""
    with Image.open(BytesIO(data)) as opened:
        return dict(opened.getexif().get_ifd(GPS))


def png_bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A small PNG that says it is huge, with rows of nothing behind it: 2.5 thousand million pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(10_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def png_profile_bomb() -> bytes:
    """A PNG of one pixel whose colour profile unpacks to 200 million bytes."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    profile = b"icc\0\0" + zlib.compress(bytes(200_000_000), 9)
    pixel = zlib.compress(b"\0\1\2\3")
    parts = (_chunk(b"IHDR", header), _chunk(b"iCCP", profile), _chunk(b"IDAT", pixel), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def document(pages: int = 2) -> bytes:
    """A quiet PDF."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    return written(made)


def written(made: pikepdf.Pdf, **options: Any) -> bytes:
    """The document's bytes."""
    into = BytesIO()
    made.save(into, **options)
    return into.getvalue()


def hostile_document() -> bytes:
    """A PDF that runs a script when it is opened, starts a program, carries a file, and whose picture tells a place."""
    made = pikepdf.new()
    page = made.add_blank_page()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    made.Root.OpenAction = made.make_indirect(script)
    made.Root.AA = pikepdf.Dictionary(WC=script)
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", script])))
    made.attachments["inner.exe"] = b"MZ a program"
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch)
    carrier = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9])
    page.obj["/Annots"] = pikepdf.Array([made.make_indirect(link), made.make_indirect(carrier)])
    picture = pikepdf.Stream(made, photo())
    for name, value in {
        "Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": 320, "Height": 200,
        "ColorSpace": pikepdf.Name.DeviceRGB, "BitsPerComponent": 8, "Filter": pikepdf.Name.DCTDecode,
    }.items():  # fmt: skip
        picture[f"/{name}"] = value
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=made.make_indirect(picture)))
    page.obj["/Contents"] = made.make_stream(b"q 320 0 0 200 0 0 cm /P Do Q")
    made.docinfo["/Author"] = "Astrid Berg"
    return written(made)


def locked_document(password: str = "hemligt") -> bytes:
    """A PDF that asks for a password."""
    made = pikepdf.new()
    made.add_blank_page()
    return written(made, encryption=pikepdf.Encryption(owner="ägare", user=password))


def huge_page() -> bytes:
    """A page as large as a football field, by what it says."""
    made = pikepdf.new()
    made.add_blank_page().obj["/MediaBox"] = pikepdf.Array([0, 0, 10_000_000, 14_000_000])
    return written(made)


def huge_picture_in_document() -> bytes:
    """A small PDF with a picture of 60,000 x 60,000 pixels on its page."""
    made = pikepdf.new()
    page = made.add_blank_page()
    squeezed = zlib.compress(bytes(50_000_000), 9)
    picture = pikepdf.Stream(made, squeezed)
    for name, value in {
        "Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": 60_000, "Height": 60_000,
        "ColorSpace": pikepdf.Name.DeviceRGB, "BitsPerComponent": 8, "Filter": pikepdf.Name.FlateDecode,
    }.items():  # fmt: skip
        picture[f"/{name}"] = value
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=made.make_indirect(picture)))
    page.obj["/Contents"] = made.make_stream(b"q 500 0 0 500 0 0 cm /P Do Q")
    return written(made)


def nested_document(depth: int = 100_000) -> bytes:
    """A PDF with arrays in arrays, so deep that a reader that calls itself falls over."""
    plain = document(1)
    return plain.replace(b"/Type /Catalog", b"/Type /Catalog /X " + b"[" * depth + b"]" * depth, 1)
