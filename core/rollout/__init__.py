"""Which digital services a unit offers, to whom and from which day: decided unit by unit."""
