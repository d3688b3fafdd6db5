"""How much one sender may ask in a while: decided at once on this node, shared between nodes through Redis."""
