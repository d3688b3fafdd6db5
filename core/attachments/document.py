"""A PDF written anew without what acts by itself or is carried along: scripts, launches, files inside, notes of origin.

Runs in the process of `core.attachments.bench` only.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2

from core.attachments.limits import MOST_PAGES, THUMBNAIL_EDGE
from core.attachments.picture import thumbnail
from core.attachments.prepared import Prepared, RefusedError
from core.attachments.segments import bare_jpeg

ACTING = {
    "/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/ResetForm", "/Rendition", "/Movie",
    "/Sound", "/RichMediaExecute", "/GoTo3DView", "/Trans", "/Hide", "/SetOCGState",
}  # fmt: skip
"""Actions that do something by themselves or lead out of the document; ISO 32000-2, 12.6.4."""
CARRYING = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
"""Annotations that carry a file or play something; ISO 32000-2, 12.5.6."""
KEYS = (
    "/OpenAction", "/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/XFA", "/RichMediaContent",
    "/Collection", "/Metadata", "/PieceInfo", "/Perms", "/Threads",
)  # fmt: skip
"""What is taken away wherever it stands."""
DEEPEST = 50
"""Levels of direct objects that are followed; what a reader draws is never nested like that."""


def prepare_document(data: bytes) -> Prepared:
    """The document, quiet. Raises `RefusedError`, and what pikepdf and PDFium raise."""
    written, pages = _rewritten(data)
    small, size = _first_page(written)
    return Prepared(type="application/pdf", data=written, thumbnail=small, width=size[0], height=size[1], pages=pages)


def _rewritten(data: bytes) -> tuple[bytes, int]:
    try:
        document = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError:
        raise RefusedError("locked") from None
    with document:
        if document.is_encrypted:
            raise RefusedError("locked")
        pages = len(document.pages)
        if pages > MOST_PAGES:
            raise RefusedError("too_many_pages")
        if pages == 0:
            raise RefusedError("damaged")
        _quieten(document)
        into = BytesIO()
        document.save(into, object_stream_mode=pikepdf.ObjectStreamMode.generate, static_id=True)
    return into.getvalue(), pages


def _quieten(document: pikepdf.Pdf) -> None:
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    for page in document.pages:
        _drop_carriers(page.obj)
    for one in document.objects:
        for inner in _inside(one):
            _strip(inner)
    document.remove_unreferenced_resources()


def _drop_carriers(page: Any) -> None:
    notes = page.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    kept = [note for note in notes if not (_is_table(note) and str(note.get("/Subtype")) in CARRYING)]
    page["/Annots"] = pikepdf.Array(kept)


def _inside(one: Any) -> Iterator[Any]:
    """A dictionary or stream and the direct ones in it; what is referred to comes by itself."""
    pending = [(one, 0)]
    while pending:
        found, depth = pending.pop()
        if depth > DEEPEST:
            raise RefusedError("too_heavy")
        if _is_table(found):
            yield found
            inner = [found[key] for key in list(found.keys())]
        elif isinstance(found, pikepdf.Array):
            inner = list(found.as_list())
        else:
            continue
        pending += [(part, depth + 1) for part in inner if isinstance(part, pikepdf.Object) and not part.is_indirect]


def _is_table(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary | pikepdf.Stream)


def _strip(table: Any) -> None:
    for key in KEYS:
        if key in table:
            del table[key]
    if str(table.get("/S")) in ACTING:
        for key in list(table.keys()):
            del table[key]
    if isinstance(table, pikepdf.Stream) and str(table.get("/Filter")) == "/DCTDecode":
        table.write(bare_jpeg(table.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)


def _first_page(written: bytes) -> tuple[bytes, tuple[int, int]]:
    """The first page as a small picture, whatever size the document says it has."""
    with pypdfium2.PdfDocument(written) as document:
        page = document[0]
        longest = max(page.get_size())
        if not longest > 0:
            raise RefusedError("damaged")
        bitmap = page.render(scale=THUMBNAIL_EDGE / longest)
        picture = bitmap.to_pil().convert("RGB")
    return thumbnail(picture), picture.size
