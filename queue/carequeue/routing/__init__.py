"""Which unit a contact goes to and what whoever takes it must be able to do: small policies, one file each."""
