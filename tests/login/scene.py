"""A real OpenID provider beside a whole node that knows it, and a browser that goes from one to the other."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import msgspec
from aiohttp.test_utils import TestServer
from joserfc.jwk import ECKey, RSAKey
from yarl import URL

from core.clock import SystemClock
from core.directory.logins.store import Logins
from core.settings import Settings
from core.storage.sql import Database
from core.storage.tables import login_subject
from tests.ports import held_port
from tests.project.sources import ROOT
from web.app import NODE, run_node
from web.login.keys import ClientKey
from web.login.profile import shipped_profiles
from web.node import Node

PROVIDER = ROOT / "tests/login/provider/provider.mjs"
START_S = 60.0
CLIENT = "fyr"
PEOPLE: list[dict[str, Any]] = [
    {"id": "astrid", "name": "Astrid Holm", "acr": ["loa3"], "claims": {"pid": "97680314-AS25"}},
    {"id": "nils", "name": "Nils Bergkvist", "acr": ["loa2", "loa3"], "claims": {"pid": "97910902-NB17"}},
    {"id": "sara", "name": "Sara Lind", "acr": ["loa3"], "claims": {"hsa": "SE2321000016-1ABC"}},
    {"id": "stranger", "name": "Somebody Else", "acr": ["loa3"], "claims": {"pid": "97430630-XX00", "hsa": "SE0-0"}},
    {
        "id": "kari",
        "name": "Kari at HelseID",
        "acr": ["4"],
        "claims": {"helseid://claims/hpr/hpr_number": "9144900", "helseid://claims/identity/security_level": "4"},
    },
    {
        "id": "ulla",
        "name": "Ulla at SITHS",
        "acr": ["http://id.sambi.se/loa/loa3"],
        "claims": {"employeeHsaId": "SE2321000016-1ABC"},
    },
    {
        "id": "broker",
        "name": "Astrid at a broker of BankID",
        "acr": ["http://id.elegnamnden.se/loa/1.0/loa3"],
        "claims": {"https://id.oidc.se/claim/personalIdentityNumber": "97680314-AS25"},
    },
    {
        "id": "freja",
        "name": "Astrid at Freja",
        "acr": ["https://frejaeid.com/oidc/acr/plus"],
        "claims": {"https://frejaeid.com/oidc/claims/personalIdentityNumber": "97680314-AS25"},
    },
    {"id": "porten", "name": "Astrid at ID-porten", "acr": ["idporten-loa-high"], "claims": {"pid": "97680314-AS25"}},
    {"id": "nobody", "name": "Cancel", "acr": [""], "claims": {}},
]
"""Who may come by at the provider; `nobody` gives up there."""


@dataclass
class Choices:
    """How the provider is, and what the node is told of it."""

    people: str = "patient"
    par: str = "when_offered"
    dpop: str = "never"
    dpop_nonce: bool = False
    require_par: bool = False
    userinfo: bool = False
    told: dict[str, Any] = field(default_factory=dict)
    """More for the deployment's file."""


@dataclass
class Scene:
    """Both, running."""

    url: str
    node: Node
    issuer: str
    signing: RSAKey
    """The provider's own key: what a test signs with it, the provider might have signed."""


@asynccontextmanager
async def provider(url: str, key: ClientKey, *, signing: RSAKey, choices: Choices) -> AsyncIterator[str]:
    """The provider, for as long as it runs: its address."""
    told = {
        "keys": [{**signing.as_dict(private=True), "kid": signing.thumbprint(), "use": "sig", "alg": "RS256"}],
        "scopes": sorted({scope for profile in shipped_profiles().values() for scope in profile.scopes}),
        "claims": sorted({claim for person in PEOPLE for claim in person["claims"]}),
        "acr": sorted({value for person in PEOPLE for value in person["acr"] if value}),
        "par": choices.require_par,
        "dpop_nonce": choices.dpop_nonce,
        "people": PEOPLE,
        "client": {
            "client_id": CLIENT,
            "redirect_uris": [f"{url}/login/{choices.people}/callback"],
            "post_logout_redirect_uris": [f"{url}/", f"{url}/staff"],
            "backchannel_logout_uri": f"{url}/login/{choices.people}/logout",
            "backchannel_logout_session_required": True,
            "token_endpoint_auth_method": "private_key_jwt",
            "token_endpoint_auth_signing_alg": "ES256",
            "require_auth_time": True,
            "jwks": key.published(),
        },
    }
    node = shutil.which("node") or str(ROOT / ".venv/node/node")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(node, str(PROVIDER), stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(told).encode())
        process.stdin.close()
        async with asyncio.timeout(START_S):
            ready, issuer = (await process.stdout.readline()).decode().split()
        assert ready == "ready"
        yield issuer
    finally:
        process.terminate()
        await process.wait()


def login_file(path: Path, issuer: str, choices: Choices) -> Path:
    """What the deployment says of the provider."""
    identity = {"claim": "pid", "kind": "number"} if choices.people == "patient" else {"claim": "hsa", "kind": "hsa_id"}
    one = {
        "id": choices.people,
        "profile": "plain",
        "issuer": issuer,
        "client_id": CLIENT,
        "name": dict.fromkeys(("sv", "nb", "en"), "Prov-ID"),
        "people": choices.people,
        "par": choices.par,
        "dpop": choices.dpop,
        "identity": [identity],
        "levels": {"loa2": "low", "loa3": "substantial"},
        "userinfo": choices.userinfo,
        **choices.told,
    }
    path.write_bytes(msgspec.yaml.encode({"providers": [one]}))
    return path


@asynccontextmanager
async def scene(folder: Path, choices: Choices) -> AsyncIterator[Scene]:
    """A demo's region in Sweden, where Sara is known by her HSA id, and whoever comes has to prove who they are."""
    own, signing = ECKey.generate_key("P-256"), RSAKey.generate_key(2048)
    (folder / "login.pem").write_bytes(own.as_pem(private=True))
    async with AsyncExitStack() as stack:
        url = f"http://127.0.0.1:{stack.enter_context(held_port())}"
        key = ClientKey(own, SystemClock())
        issuer = await stack.enter_async_context(provider(url, key, signing=signing, choices=choices))
        settings = Settings(
            demo=True,
            data_dir=folder / "data",
            public_url=url,
            login=login_file(folder / "login.yaml", issuer, choices),
            login_key=folder / "login.pem",
        )
        application = await stack.enter_async_context(run_node(settings))
        server = TestServer(application, port=urlsplit(url).port)
        await server.start_server()
        stack.push_async_callback(server.close)
        node = application[NODE]
        await _know_sara(node.login.logins, Database(settings.sql_url))
        yield Scene(url, node, issuer, signing)


async def _know_sara(logins: Logins, database: Database) -> None:
    async with database.write() as connection:
        rows = logins.rows("staff:sara", [("hsa_id", "se2321000016-1abc"), ("hpr", "9144900")])
        await connection.execute(login_subject.insert().values(rows))
    await database.close()


class Browser:
    """Follows every redirect by hand, so that a test can stop anywhere."""

    def __init__(self, scene: Scene, http: aiohttp.ClientSession) -> None:
        self.scene = scene
        self.http = http
        self.seen: list[str] = []

    async def step(self, url: str) -> str:
        """Go there; where one is sent next, empty at the end."""
        self.seen.append(url)
        async with self.http.get(url, allow_redirects=False) as response:
            assert response.status < 500, await response.text()
            place = response.headers.get("Location", "")
            return str(response.url.join(URL(place))) if place else ""

    async def start(self, words: str = "") -> str:
        """Off to the provider; its page of people, or where it sends who is known there already."""
        provider_id = next(iter(self.scene.node.login.flows))
        place = await self.step(f"{self.scene.url}/login/{provider_id}{words}")
        while place and not _at(place, "/interaction/") and not _at(place, "/callback"):
            place = await self.step(place)
        return place

    async def choose(self, page: str, person: str) -> str:
        """Be somebody there; the address one is sent back by, not yet gone to."""
        place = await self.step(f"{page}/{person}")
        while place and not _at(place, "/callback"):
            place = await self.step(place)
        return place

    async def sign_in(self, person: str, words: str = "") -> str:
        """All the way; the page one ends at, with what it is told."""
        place = await self.start(words)
        back = place if _at(place, "/callback") else await self.choose(place, person)
        return (await self.step(back)).removeprefix(self.scene.url)

    async def me(self) -> dict[str, Any] | None:
        """Who the node takes one for."""
        async with self.http.get(f"{self.scene.url}/api/session") as response:
            found: dict[str, Any] = await response.json()
            return found if response.status == 200 else None


@asynccontextmanager
async def browser(scene: Scene) -> AsyncIterator[Browser]:
    """One with no cookies yet."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield Browser(scene, http)


def words_of(url: str) -> dict[str, str]:
    """What stands in the query of an address."""
    return dict(parse_qsl(urlsplit(url).query))


def _at(url: str, part: str) -> bool:
    return part in urlsplit(url).path
