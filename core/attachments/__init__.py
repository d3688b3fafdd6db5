"""Pictures and documents: their limits, what makes them harmless, how they are kept. Knows no conversation."""
