"""Services on top of the queue; booking, forms, messages, enrolment and home follow-up will live here."""
