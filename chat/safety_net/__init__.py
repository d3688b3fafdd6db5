"""Advice on what to do if it gets worse, given by a person, and the patient's word that it was read and understood."""
