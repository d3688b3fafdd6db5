"""What who leads a unit may turn on for a while: surge mode, and a text for everybody who comes to the unit."""
