"""Being signed out by the provider, and what is asked of somebody who is known too little, or too long ago."""

import asyncio
import re
from pathlib import Path

import pytest
from joserfc import jwt

from core.clock import SystemClock
from tests.login.scene import CLIENT, Browser, Choices, Scene, browser, scene
from tests.web.client import RefusedError, client_id, signed_in
from web.login.tokens import LOGOUT_EVENT

SOON_S = 10.0


def cookie_of(tab: Browser) -> str:
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in tab.http.cookie_jar if cookie.key == "fyr")


async def leave_there(tab: Browser, here: Scene) -> None:
    """Sign out at the provider, as if in another window."""
    async with tab.http.get(f"{here.issuer}/session/end") as response:
        secret = re.search(r'name="xsrf" value="(\w+)"', await response.text())
    assert secret is not None
    words = {"xsrf": secret[1], "logout": "yes"}
    async with tab.http.post(f"{here.issuer}/session/end/confirm", data=words) as response:
        assert response.status < 500


async def test_who_signs_out_there_is_signed_out_here_and_their_lines_close(tmp_path: Path) -> None:
    async with scene(tmp_path, Choices()) as here, browser(here) as tab:
        await tab.sign_in("astrid")
        async with signed_in(here.url, "", cookie=cookie_of(tab)) as line:
            await leave_there(tab, here)
            async with asyncio.timeout(SOON_S):
                await line.line_gone.wait()
        assert await tab.me() is None


async def test_a_logout_token_is_taken_once_and_ends_only_whom_it_names(tmp_path: Path) -> None:
    async with scene(tmp_path, Choices()) as here, browser(here) as tab, browser(here) as other:
        await tab.sign_in("astrid")
        await other.sign_in("nils")
        now_s = SystemClock().ms() // 1000
        claims = {"iss": here.issuer, "aud": CLIENT, "sub": "nils", "jti": "once", "events": {LOGOUT_EVENT: {}}}
        header = {"alg": "RS256", "kid": here.signing.thumbprint(), "typ": "logout+jwt"}
        token = jwt.encode(header, {**claims, "iat": now_s, "exp": now_s + 60}, here.signing)
        answers = []
        for _ in range(2):
            async with other.http.post(f"{here.url}/login/patient/logout", data={"logout_token": token}) as response:
                answers.append(response.status)
        assert answers == [200, 400]
        assert await other.me() is None
        assert await tab.me() is not None


async def test_who_is_known_too_little_is_sent_to_prove_more_and_goes_on(tmp_path: Path) -> None:
    """Nils proves himself at a low level first, which the rules of Sweden do not take for a patient."""
    async with scene(tmp_path, Choices()) as here, browser(here) as tab:
        await tab.sign_in("nils")
        me = await tab.me()
        assert me is not None
        assert me["id"] == "patient:nils"
        async with tab.http.get(f"{here.url}/api/contacts") as response:
            told = await response.json()
        assert (response.status, told["code"]) == (401, "assurance_too_low")
        assert told["data"] == {"needed": "substantial", "provider": "patient"}
        async with signed_in(here.url, "", cookie=cookie_of(tab)) as line:
            with pytest.raises(RefusedError, match="assurance_too_low"):
                await line.call("access:mine")
        assert await tab.sign_in("nils", "?anew=1&level=substantial") == "/"
        async with tab.http.get(f"{here.url}/api/contacts") as response:
            assert response.status == 200


async def test_what_opens_more_than_ones_unit_asks_for_a_fresh_proof(tmp_path: Path) -> None:
    async with scene(tmp_path, Choices(people="staff")) as here, browser(here) as tab:
        await tab.sign_in("sara")
        asked = {"client_id": client_id(), "person_id": "nils", "unit_id": "hamnen", "basis": "emergency"}
        async with signed_in(here.url, "", cookie=cookie_of(tab)) as line:
            with pytest.raises(RefusedError, match="not_found"):  # there is nothing of Nils to open
                await line.call("access:open", **asked, reason="Livsfara.")
            follower = here.node.follows.follower(here.node.follows.sockets_of("staff:sara")[0])
            assert follower is not None
            follower.actor = follower.actor.proved("substantial", here.node.now_ms() - 9 * 60 * 60 * 1000)
            with pytest.raises(RefusedError, match="assurance_too_low") as refused:
                await line.call("access:open", **{**asked, "client_id": client_id()}, reason="Livsfara.")
            assert refused.value.data == {"needed": "substantial", "within_min": 480, "provider": "staff"}
            await line.call("access:list")  # everything else goes on
