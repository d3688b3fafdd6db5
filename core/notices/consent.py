"""Taking a consent back where it belongs to a device that somebody else may use next."""

from core.actor import Actor
from core.log.append import Append
from core.log.log import Log
from core.notices.entries import NoticeChosen
from core.notices.state import NoticeWish


async def take_back_push(log: Log, actor: Actor) -> None:
    """A patient signs out: the browser shows no more notices. Numbers and addresses are the person's own and stay."""
    if actor.kind != "patient":
        return
    streams = await log.streams_opened_by(actor.id, actor.person_id or "")
    for stream, head in (await log.heads(streams)).items():
        if head.scope.opener_id == actor.id and head.state.get(NoticeWish).channel == "push":
            body = NoticeChosen(channel="none")
            await log.append(Append(stream, (body,), actor, f"signed-out:{actor.session_id}:{stream}"))
