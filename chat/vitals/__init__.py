"""Vital signs that the patient or staff have measured, and typed as numbers."""
