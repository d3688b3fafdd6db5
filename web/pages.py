"""The three pages and their assets. The shell is baked into the HTML, so that the numbers to call need no server."""

from pathlib import Path

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from core.errors import FyrError
from web.policy import NOTHING
from web.wire.session import Shell

STATIC = Path(__file__).parent / "static"
SHELL_PLACE = '"fyr-shell-here"'
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
PAGES = {"/": "index.html", "/staff": "staff.html", "/guest": "guest.html"}
FILES = {"/sw.js": "sw.js", "/manifest.webmanifest": "manifest.webmanifest"}


def add_pages(app: web.Application, shell: Shell, *, policy: str, folder: Path = STATIC) -> None:
    """Serve the built client under a content security policy. Raises `missing_tool` when it has not been built."""
    if not (folder / "index.html").is_file():
        raise FyrError("missing_tool", tool="the web client", hint="it is not built; `make client` builds it")
    for path, name in PAGES.items():
        app.router.add_get(path, _page(_filled(folder / name, shell), policy))
    for path, name in FILES.items():
        app.router.add_get(path, _file(folder / name, policy))
    for kept in sorted(folder.glob("icon*")):
        app.router.add_get(f"/{kept.name}", _file(kept, NOTHING))
    app.router.add_static("/assets", folder / "assets")
    app.on_response_prepare.append(_cache_assets)


def _filled(path: Path, shell: Shell) -> bytes:
    data = msgspec.json.encode(shell).decode().replace("<", "\\u003c")
    return path.read_text("utf-8").replace(SHELL_PLACE, data).encode()


def _page(html: bytes, policy: str) -> Handler:
    headers = {"Cache-Control": ASK_AGAIN, "Content-Security-Policy": policy}

    async def page(_: web.Request) -> web.Response:
        return web.Response(body=html, content_type="text/html", charset="utf-8", headers=headers)

    return page


def _file(path: Path, policy: str) -> Handler:
    """A worker obeys the policy it was served with: it fetches what its pages may fetch."""

    async def file(_: web.Request) -> web.StreamResponse:
        return web.FileResponse(path, headers={"Cache-Control": ASK_AGAIN, "Content-Security-Policy": policy})

    return file


async def _cache_assets(request: web.Request, response: web.StreamResponse) -> None:
    if request.path.startswith("/assets/"):
        response.headers["Cache-Control"] = FOR_EVER
