"""How attachments read afterwards. What was refused is told; that bytes came and were checked is not."""

from chat.attachment.entries import Attached, AttachmentTold
from core.transcript.line import Line, Sentence, Telling

SENT = Sentence("Skickade en fil: {name}", "Sendte en fil: {name}", "Sent a file: {name}")
REFUSED = Sentence(
    "Filen kunde inte tas emot och visades aldrig.",
    "Filen kunne ikke tas imot og ble aldri vist.",
    "The file could not be taken and was never shown.",
)
INFECTED = Sentence(
    "Filen innehöll skadlig kod och visades aldrig.",
    "Filen inneholdt skadelig kode og ble aldri vist.",
    "The file held harmful code and was never shown.",
)
LOST = Sentence(
    "Filen kom fram men gick förlorad hos oss innan någon kunde se den.",
    "Filen kom fram, men gikk tapt hos oss før noen kunne se den.",
    "The file arrived, and was lost on our side before anyone could see it.",
)
WITHDRAWN = Sentence(
    "Filen skickades aldrig färdigt.", "Filen ble aldri sendt ferdig.", "The file was never sent whole."
)
ERASED = Sentence("Filen är raderad.", "Filen er slettet.", "The file has been erased.")
REFUSED_FOR = {"infected": INFECTED, "lost": LOST}
TOLD = {"refused": REFUSED, "withdrawn": WITHDRAWN, "erased": ERASED}


def say_attached(body: Attached, telling: Telling) -> Line:
    """What was said with it; the name of the file where nothing was said."""
    if body.caption:
        return Line(text=body.caption, said=True, lang=body.lang or "", attachments=(body.name,))
    return Line(text=SENT(telling.lang, name=body.name), attachments=(body.name,))


def say_told(body: AttachmentTold, telling: Telling) -> Line | None:
    """Only what somebody must know."""
    sentence = REFUSED_FOR.get(body.why or "") or TOLD.get(body.state)
    return Line(text=sentence(telling.lang)) if sentence is not None else None
