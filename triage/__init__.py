"""Understanding and urgency: text, answers and measurements in, urgency with reasons out. Pure after loading."""
