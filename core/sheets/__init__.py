"""What is decided of care givers, units and staff while the service runs: proposed, approved where two must, kept."""
