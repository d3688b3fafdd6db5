"""How long patients are told that they will wait: an interval meant to be right nine times of ten, and scored."""
