"""A picture decoded and written anew: what is not pixels is gone (position, camera, embedded thumbnail, what follows).

Runs in the process of `core.attachments.bench` only: the decoder is fed by strangers.
"""

from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from core.attachments.limits import LARGEST_EDGE, LARGEST_PIXELS, THUMBNAIL_EDGE, KeptType, MediaType
from core.attachments.prepared import Prepared, RefusedError

FORMATS: dict[MediaType, str] = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
}
LOSSLESS_UNTIL = 4 * 1024 * 1024
"""A drawing or a screenshot stays as sharp as it was up to this many bytes; a photograph past it becomes a JPEG."""
QUALITY = 90
THUMBNAIL_QUALITY = 80
SRGB = ImageCms.createProfile("sRGB")

Image.MAX_IMAGE_PIXELS = None  # ours is judged here, before a pixel is decoded


def prepare_picture(data: bytes, media_type: MediaType) -> Prepared:
    """The picture upright, in sRGB, at most `LARGEST_EDGE` a side. Raises `RefusedError`, and what Pillow does."""
    with Image.open(BytesIO(data), formats=(FORMATS[media_type],)) as opened:
        width, height = opened.size
        if width * height > LARGEST_PIXELS:
            raise RefusedError("too_many_pixels")
        opened.draft("RGB", (LARGEST_EDGE, LARGEST_EDGE))  # a JPEG is then decoded at a fraction of its size
        opened.load()
        plain = _plain(_shrunk(opened))
    kept, written = _written(plain, media_type)
    return Prepared(type=kept, data=written, thumbnail=thumbnail(plain), width=plain.width, height=plain.height)


def thumbnail(picture: Image.Image) -> bytes:
    """A small JPEG of it."""
    small = picture.copy()
    small.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE), Image.Resampling.LANCZOS)
    return _saved(small, "JPEG", quality=THUMBNAIL_QUALITY)


def _shrunk(picture: Image.Image) -> Image.Image:
    """First of all, so that the rest is done with few pixels."""
    if max(picture.size) <= LARGEST_EDGE:
        return picture
    colours = picture.convert("RGBA") if picture.mode in ("P", "PA") else picture
    colours.thumbnail((LARGEST_EDGE, LARGEST_EDGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return colours


def _plain(opened: Image.Image) -> Image.Image:
    """Pixels alone, turned as the camera was held: a copy that carries none of the file's other contents."""
    upright = ImageOps.exif_transpose(opened)
    seen = _on_white(_in_srgb(upright))
    pixels = Image.new("RGB", seen.size)
    pixels.paste(seen)
    return pixels


def _in_srgb(picture: Image.Image) -> Image.Image:
    """A wide profile is turned into colours that mean the same everywhere: the red of a rash must stay that red."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, source, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):  # a profile that makes no sense is no reason to refuse the picture
        return picture
    return picture if turned is None else turned


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def _written(plain: Image.Image, media_type: MediaType) -> tuple[KeptType, bytes]:
    if media_type in ("image/png", "image/gif"):
        written = _saved(plain, "PNG")
        if len(written) <= LOSSLESS_UNTIL:
            return "image/png", written
    return "image/jpeg", _saved(plain, "JPEG", quality=QUALITY)


def _saved(picture: Image.Image, as_format: str, **options: int) -> bytes:
    into = BytesIO()
    picture.save(into, as_format, **options)
    return into.getvalue()
