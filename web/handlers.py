"""Every module with handlers of calls and routes, imported for what they register."""

from web.api import attachment as _attachment_routes
from web.api import audit as _audit_routes
from web.api import benefits as _benefit_routes
from web.api import contact as _contact_routes
from web.api import export as _export_routes
from web.api import fairness as _fairness_routes
from web.api import guest as _guest_routes
from web.api import health as _health_routes
from web.api import login as _login_routes
from web.api import session as _session_routes
from web.api import transcript as _transcript_routes
from web.registry import require_complete
from web.sockets import access as _access_calls
from web.sockets import agreement as _agreement_calls
from web.sockets import audit as _audit_calls
from web.sockets import benefits as _benefit_calls
from web.sockets import block as _block_calls
from web.sockets import booking as _booking_calls
from web.sockets import captions as _captions_calls
from web.sockets import check as _check_calls
from web.sockets import colleague as _colleague_calls
from web.sockets import contact as _contact_calls
from web.sockets import content as _content_calls
from web.sockets import directory as _directory_calls
from web.sockets import duty as _duty_calls
from web.sockets import earlier as _earlier_calls
from web.sockets import followup as _followup_calls
from web.sockets import form as _form_calls
from web.sockets import guest as _guest_calls
from web.sockets import guidance as _guidance_calls
from web.sockets import hand_over as _hand_over_calls
from web.sockets import lead as _lead_calls
from web.sockets import letter as _letter_calls
from web.sockets import looks as _looks_calls
from web.sockets import message as _message_calls
from web.sockets import note as _note_calls
from web.sockets import person as _person_calls
from web.sockets import photo as _photo_calls
from web.sockets import presence as _presence_calls
from web.sockets import pretest as _pretest_calls
from web.sockets import queue as _queue_calls
from web.sockets import register as _register_calls
from web.sockets import relay as _relay_calls
from web.sockets import review as _review_calls
from web.sockets import room as _room_calls
from web.sockets import safety_net as _safety_net_calls
from web.sockets import template as _template_calls
from web.sockets import visit as _visit_calls
from web.sockets import vitals as _vitals_calls
from web.sockets import waiting as _waiting_calls

HANDLERS = (
    _attachment_routes,
    _audit_routes,
    _benefit_routes,
    _export_routes,
    _fairness_routes,
    _guest_routes,
    _health_routes,
    _contact_routes,
    _login_routes,
    _session_routes,
    _access_calls,
    _agreement_calls,
    _audit_calls,
    _benefit_calls,
    _block_calls,
    _booking_calls,
    _check_calls,
    _colleague_calls,
    _contact_calls,
    _content_calls,
    _directory_calls,
    _duty_calls,
    _earlier_calls,
    _followup_calls,
    _form_calls,
    _guest_calls,
    _guidance_calls,
    _hand_over_calls,
    _lead_calls,
    _letter_calls,
    _looks_calls,
    _message_calls,
    _note_calls,
    _person_calls,
    _presence_calls,
    _queue_calls,
    _register_calls,
    _relay_calls,
    _review_calls,
    _safety_net_calls,
    _template_calls,
    _transcript_routes,
    _photo_calls,
    _captions_calls,
    _pretest_calls,
    _room_calls,
    _visit_calls,
    _vitals_calls,
    _waiting_calls,
)
"""Imported for what they register."""


def require_handlers() -> None:
    """Stop the start when a row of the wire has no handler."""
    require_complete()
