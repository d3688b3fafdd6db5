"""A hostile tester against a live server: what is tried is made from the registry of routes and events."""
