"""Reading: a patient's words in, findings with their place in the text out. spaCy is known only here."""
