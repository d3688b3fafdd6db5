"""Patients who wait or have fallen silent: what happens by itself, the call-back list, and opening a contact again."""
