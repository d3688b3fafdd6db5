"""The wire, defined once: documentation, OpenAPI and the client's TypeScript types are all made from these structs."""
