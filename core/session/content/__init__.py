"""Levels as data."""
