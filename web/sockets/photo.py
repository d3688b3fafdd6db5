"""Socket calls about a photo in a visit."""

from core.access.gates import ContactAccess
from web.gates import contact_gate
from web.registry import Call, on
from web.wire.contact import Empty
from web.wire.photo import AnswerPhoto, AskPhoto


@on("photo:ask", gate=contact_gate(reads=False))
async def ask_photo(call: Call, body: AskPhoto, access: ContactAccess) -> Empty:
    """Ask whether a picture may be taken."""
    await call.node.photos.ask(access, body.visit_id, body.participant)
    return Empty()


@on("photo:answer", gate=contact_gate(reads=False))
async def answer_photo(call: Call, body: AnswerPhoto, access: ContactAccess) -> Empty:
    """Say yes or no."""
    await call.node.photos.answer(access, body.visit_id, yes=body.yes)
    return Empty()
