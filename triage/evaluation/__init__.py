"""How well the engine does on cases whose answers are known: `fyr evaluate`. It judges no patient."""
