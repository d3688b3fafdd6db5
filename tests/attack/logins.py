"""Signing in with a real OpenID provider: verifiers of others, issuers mixed up, tokens that only look right."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from core.errors import FyrError
from tests.attack.site import Site
from tests.login.scene import Browser, Choices, Scene, browser, scene, words_of
from tests.login.test_tokens import WRONG, good, read, signed

ISSUERS = ("https://elsewhere.example", "http://127.0.0.1:1", "null", "", "%00")
CALLBACK = "/login/patient/callback"


async def foreign_sign_ins(site: Site) -> None:
    """Beside the site a node that knows a provider, with people who are signing in there."""
    with tempfile.TemporaryDirectory(prefix="fyr-login-") as folder:
        async with scene(Path(folder), Choices()) as here:
            await _wrong_verifier(site, here)
            await _mixed_up_issuer(site, here)
            await _forged_tokens(site, here)
            async with browser(here) as tab:
                site.ledger.control("who signs in honestly is in", holds=await tab.sign_in("astrid") == "/")


async def _got_in(site: Site, tab: Browser, place: str, what: str, *, family: str) -> None:
    await tab.step(place)
    site.ledger.tried(family, what, got_in=await tab.me() is not None)


Words = dict[str, str]
STOLEN: dict[str, Callable[[Words, Words], Words]] = {
    "the victim's answer in another browser": lambda stolen, _: stolen,
    "the victim's code under one's own state": lambda stolen, own: {**own, "code": stolen["code"]},
    "one's own code under the victim's state": lambda stolen, own: {**stolen, "code": own["code"]},
    "no state": lambda stolen, _: {name: value for name, value in stolen.items() if name != "state"},
    "a made-up code": lambda _, own: {**own, "code": "a" * 43},
}
"""What a thief sends who has seen the victim's answer, and has begun a sign-in of their own."""


async def _wrong_verifier(site: Site, here: Scene) -> None:
    """A code stolen on its way back, finished by the thief: the verifier is another (RFC 7636)."""
    for what, sent in STOLEN.items():
        async with browser(here) as victim, browser(here) as thief:
            stolen = words_of(await victim.choose(await victim.start(), "astrid"))
            own = words_of(await thief.choose(await thief.start(), "nils"))
            query = "&".join(f"{name}={value}" for name, value in sent(stolen, own).items())
            await _got_in(site, thief, f"{here.url}{CALLBACK}?{query}", what, family="wrong verifier")


async def _mixed_up_issuer(site: Site, here: Scene) -> None:
    """The answer names another issuer than the sign-in was begun with, or none (RFC 9207)."""
    for issuer in ISSUERS:
        async with browser(here) as tab:
            back = words_of(await tab.choose(await tab.start(), "astrid"))
            place = f"{here.url}{CALLBACK}?code={back['code']}&state={back['state']}"
            named = place + (f"&iss={issuer}" if issuer else "")
            await _got_in(site, tab, named, issuer or "none", family="mixed-up issuer")


async def _forged_tokens(site: Site, here: Scene) -> None:
    """ID tokens that are not signed by the provider, for us, now, for this very sign-in."""
    right = await read(here, signed(here, good(here)))
    site.ledger.control("a token that is right is taken", holds=right["sub"] == "astrid")
    for what, make in WRONG.items():
        try:
            await read(here, make(here))
        except FyrError as refusal:
            site.ledger.tried("forged token", what, got_in=refusal.code != "login_failed")
        else:
            site.ledger.tried("forged token", what, got_in=True)
