"""Services on top of the queue; booking, forms, agreements; messages and home follow-up will live here."""
