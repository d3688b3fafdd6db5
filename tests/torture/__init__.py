"""A storm over two nodes: people write while all under them is killed; afterwards the record is held to account."""
