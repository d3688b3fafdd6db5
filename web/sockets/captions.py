"""Socket calls about captions. Whoever is in the visit may; nobody else gets an answer."""

from core.access.gates import ContactAccess
from core.errors import FyrError
from rtc.captions.captions import is_heard
from rtc.captions.recogniser import LANGUAGE
from rtc.signal import require_in
from rtc.state import Visit
from web.captioning import Speaker, require_captions
from web.gates import contact_gate
from web.registry import Call, on
from web.wire.captions import AnswerCaptions, AskCaptions, SendSound, sound_in
from web.wire.contact import Empty


@on("captions:ask", gate=contact_gate(reads=False))
async def ask_captions(call: Call, body: AskCaptions, access: ContactAccess) -> Empty:
    """Want what is said as text. Raises `function_off`."""
    require_captions(call.node, access.head)
    await call.node.captions.ask(access, body.visit_id)
    return Empty()


@on("captions:answer", gate=contact_gate(reads=False))
async def answer_captions(call: Call, body: AnswerCaptions, access: ContactAccess) -> Empty:
    """Say whether one's own voice may be heard by the recogniser; a no holds at once."""
    await call.node.captions.answer(access, body.visit_id, yes=body.yes)
    if not body.yes:
        member = require_in(access, body.visit_id)
        call.node.captioning.end(Speaker(access.contact_id, body.visit_id, member.participant))
    return Empty()


@on("captions:sound", gate=contact_gate(reads=False))
async def hear_sound(call: Call, body: SendSound, access: ContactAccess) -> Empty:
    """Give the recogniser what was said; what it makes of it comes to everybody as `caption_said`."""
    require_captions(call.node, access.head)
    member = require_in(access, body.visit_id)
    if not is_heard(access.head.state.get(Visit), member):
        raise FyrError("wrong_state", state="captions")
    if LANGUAGE.fullmatch(body.lang) is None:
        raise FyrError("bad_request", where="$.lang", what="not a language")
    speaker = Speaker(access.contact_id, body.visit_id, member.participant)
    call.node.captioning.take(speaker, body.lang, sound_in(body))
    return Empty()
