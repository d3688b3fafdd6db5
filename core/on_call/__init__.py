"""Reaching whoever is on call when somebody very urgent waits where nobody is on duty."""
