"""What a value measured at home means by a patient's own plan: zone, reason, urgency. Pure: it writes nothing."""
