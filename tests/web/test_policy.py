"""What browsers are told to refuse: on pages nothing inline and nothing foreign, on everything else nothing at all."""

from collections.abc import Mapping

import aiohttp

from tests.web.client import Somebody
from web.policy import NOTHING, headers_everywhere, page_policy
from web.wire.events import ROUTES

PAGES = ("/", "/staff", "/guest", "/sw.js")


def rules(policy: str) -> Mapping[str, list[str]]:
    return {name: values for name, *values in (rule.split() for rule in policy.split("; "))}


async def headers(url: str, path: str) -> Mapping[str, str]:
    async with aiohttp.ClientSession() as http, http.get(url + path) as response:
        return response.headers.copy()


async def test_a_page_runs_nothing_inline_and_asks_nobody_else(url: str) -> None:
    for path in PAGES:
        _is_strict(await headers(url, path))


def _is_strict(told: Mapping[str, str]) -> None:
    policy = rules(told["Content-Security-Policy"])
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert policy["require-trusted-types-for"] == ["'script'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:", "ws:", "wss:"} & {
        value for values in policy.values() for value in values
    }
    assert told["Cache-Control"] == "no-cache"
    assert "camera=(self)" in told["Permissions-Policy"]
    assert "geolocation=()" in told["Permissions-Policy"]


async def test_the_html_has_no_script_or_style_of_its_own(url: str) -> None:
    async with aiohttp.ClientSession() as http:
        for path in ("/", "/staff", "/guest"):
            async with http.get(url + path) as response:
                html = await response.text()
            assert html.count("<script") == html.count('<script type="application/json"') + html.count(" src=")
            assert "<style" not in html
            assert "style=" not in html
            assert " on" not in html.split("<body", 1)[1]


async def test_our_own_address_is_named_where_it_is_known_and_a_form_leads_where_it_may() -> None:
    policy = rules(page_policy("https://fyr.example/", form_targets=["https://login.example"]))
    assert policy["connect-src"] == ["'self'", "wss://fyr.example"]
    assert policy["form-action"] == ["'self'", "https://login.example"]


async def test_everything_else_is_inert_and_hidden_from_other_pages(url: str) -> None:
    for path in (*(route.path for route in ROUTES if "{" not in route.path), "/none", "/icon.svg"):
        _is_inert(path, await headers(url, path))


def _is_inert(path: str, told: Mapping[str, str]) -> None:
    assert told["Content-Security-Policy"] == NOTHING
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "no-referrer"
    for name in ("Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"):
        assert told[name] == "same-origin"
    assert told["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert told["Server"] == "fyr"
    assert path == "/icon.svg" or told["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in told  # plain HTTP, on one machine


async def test_polling_gives_no_other_page_leave_to_read(url: str, astrid: Somebody) -> None:
    async with astrid.http.get(f"{url}/socket.io/?EIO=4&transport=polling", headers={"Origin": url}) as response:
        assert response.status == 200
        assert "Access-Control-Allow-Origin" not in response.headers
        assert response.headers["Cache-Control"] == "no-store"


def test_transport_is_strict_only_where_browsers_trust_the_certificate() -> None:
    assert headers_everywhere(strict_transport=True)["Strict-Transport-Security"] == "max-age=63072000"
    assert "Strict-Transport-Security" not in headers_everywhere(strict_transport=False)
