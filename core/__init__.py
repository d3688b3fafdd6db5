"""The ground every other part stands on; it knows no clinical word and imports nothing above it."""
