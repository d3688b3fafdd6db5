"""Filling the directory from a file, again and again."""
