"""The clinical content: data that nurses can read, its form, its check and its catalogue."""

from triage.content.catalogue import Content, worded
from triage.content.load import load_content

__all__ = ["Content", "load_content", "worded"]
