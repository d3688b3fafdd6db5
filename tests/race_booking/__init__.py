"""Patients race for a unit's times over two real nodes that are killed meanwhile; then the log is reckoned with."""
