"""How long sessions last, by the kind of person whose they are."""

from typing import NamedTuple

from core.settings import Settings

MINUTE_MS = 60_000


class Lasting(NamedTuple):
    """The two ends of a session, in milliseconds: after its last use, and after its beginning."""

    idle_ms: int = 60 * MINUTE_MS
    longest_ms: int = 720 * MINUTE_MS


class SessionLimits(NamedTuple):
    """The limits of a deployment."""

    patient: Lasting = Lasting()
    staff: Lasting = Lasting()
    guest: Lasting = Lasting(15 * MINUTE_MS, 120 * MINUTE_MS)
    """Of a visit: not in a setting, since nobody should be one for long."""

    @classmethod
    def of(cls, settings: Settings) -> "SessionLimits":
        """As the settings say."""
        return cls(
            patient=Lasting(settings.patient_idle_min * MINUTE_MS, settings.patient_session_min * MINUTE_MS),
            staff=Lasting(settings.staff_idle_min * MINUTE_MS, settings.staff_session_min * MINUTE_MS),
        )

    def of_actor(self, actor_id: str) -> Lasting:
        """Those of one actor."""
        if actor_id.startswith("guest:"):
            return self.guest
        return self.staff if actor_id.startswith("staff:") else self.patient
