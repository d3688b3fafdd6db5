"""Reading what patients wrote: `triage` as the service uses it, in a process of its own beside one that serves."""
