"""Real Chromium against a real `fyr demo`: what patient and nurse see, press, hear and read."""
