"""Master keys over time: what hangs on each, turning to the current one, and which are still needed."""
