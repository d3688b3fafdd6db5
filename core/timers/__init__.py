"""Timers: what is due by itself, as rows in SQL that are derived from the state and survive everything it survives."""
