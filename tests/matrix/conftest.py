"""The node, the server and its address, as the tests of `web` have them."""

from tests.web.conftest import application, node, url

__all__ = ["application", "node", "url"]
