"""How many nurses an hour of the week needs: tried out on the unit's own past arrivals."""
