"""The socket call that shows staff what they follow."""

import msgspec

from chat.guidance.guidance import Wording as Text
from core.actor import Actor
from web.gates import own_gate
from web.registry import Call, on
from web.wire.guidance import CallStep, ClosingRule, FailedContact, Guidance, ShowGuidance, Wording


@on("guidance:show", gate=own_gate)
async def show_guidance(call: Call, _: ShowGuidance, __: Actor) -> Guidance:
    """Everything at once: it changes with a release or a deployment's own file only."""
    guidance = call.node.advising.guidance
    return Guidance(
        closing=tuple(
            ClosingRule(
                reason=reason,
                safety_net=one.safety_net,
                after_calls=one.after_calls,
                by_confirming=one.by_confirming,
                source=one.source,
                review=one.review,
            )
            for reason, one in guidance.closing.items()
        ),
        emergency_call=tuple(
            CallStep(
                id=one.id,
                do=_in_all(one.do),
                say=_in_all(one.say) if one.say else None,
                source=one.source,
                review=one.review,
            )
            for one in guidance.emergency_call
        ),
        failed_contact=tuple(
            FailedContact(urgency=level, do=_in_all(one.do), source=one.source, review=one.review)
            for level, one in guidance.failed_contact.items()
        ),
    )


def _in_all(text: Text) -> Wording:
    return Wording(**msgspec.structs.asdict(text))
