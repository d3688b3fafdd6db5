"""The care queue: order, routing, claim, hand-over, board. The folder above has no `__init__.py` on purpose."""
