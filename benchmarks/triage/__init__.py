"""Reading and rules beside other pipelines over the same concepts: `make bench-triage`."""
