"""Signing in at a real provider: every way it offers, and every way somebody might cheat."""

from pathlib import Path

import pytest
from yarl import URL

from core.audit.entries import Accessed
from tests.login.scene import Choices, browser, scene, words_of

WAYS = {
    "code and PKCE": Choices(par="never"),
    "pushed": Choices(par="required", require_par=True),
    "bound to a key": Choices(par="required", dpop="required"),
    "bound, with a nonce of theirs": Choices(par="required", dpop="required", dpop_nonce=True),
    "bound, and asked who": Choices(dpop="required", userinfo=True),
}


@pytest.mark.parametrize("choices", WAYS.values(), ids=WAYS)
async def test_a_patient_signs_in_with_what_the_provider_offers(tmp_path: Path, choices: Choices) -> None:
    async with scene(tmp_path, choices) as here, browser(here) as tab:
        assert await tab.sign_in("astrid") == "/"
        me = await tab.me()
        assert me is not None
        assert me["id"] == "patient:astrid"
        held = (await here.node.sessions.own("patient:astrid"))[0]
        assert (held.provider, held.assurance) == ("patient", "substantial")
        asked = words_of(next(url for url in tab.seen if url.startswith(here.issuer)))
        pushed = choices.par == "required" or choices.dpop == "required"
        assert ("request_uri" in asked) == pushed
        assert pushed or (asked["code_challenge_method"], asked["acr_values"]) == ("S256", "loa3")
        assert not any("97680314" in url for url in tab.seen)


async def test_staff_sign_in_by_their_hsa_id_and_land_at_their_page(tmp_path: Path) -> None:
    async with scene(tmp_path, Choices(people="staff")) as here, browser(here) as tab:
        assert await tab.sign_in("sara") == "/staff"
        me = await tab.me()
        assert me is not None
        assert me["id"] == "staff:sara"


async def test_who_is_not_known_is_told_so_and_nobody_is_made(tmp_path: Path) -> None:
    async with scene(tmp_path, Choices(people="staff")) as here, browser(here) as tab:
        before = await here.node.directory.staff_ids()
        assert await tab.sign_in("stranger") == "/staff?signin=unknown"
        assert await tab.me() is None
        assert await here.node.directory.staff_ids() == before
        entries = [entry.body for entry in await here.node.log.entries(here.node.trail.stream())]
        refused = [body for body in entries if isinstance(body, Accessed) and body.outcome == "refused"]
        assert [body.about for body in refused] == ["login:staff"]


async def test_who_gives_up_there_is_told_that_nothing_happened(tmp_path: Path) -> None:
    async with scene(tmp_path, Choices()) as here, browser(here) as tab:
        assert await tab.sign_in("nobody") == "/?signin=cancelled"


async def test_what_comes_back_is_taken_once_and_in_its_own_browser_only(tmp_path: Path) -> None:
    async with scene(tmp_path, Choices()) as here, browser(here) as tab, browser(here) as thief:
        back = await tab.choose(await tab.start(), "astrid")
        assert (await thief.step(back)).endswith("/?signin=failed")
        assert await thief.me() is None
        cookies = {cookie.key: cookie.value for cookie in tab.http.cookie_jar}
        assert (await tab.step(back)).removeprefix(here.url) == "/"
        async with browser(here) as again:
            again.http.cookie_jar.update_cookies(cookies)  # even with the browser's own secret
            assert (await again.step(back)).endswith("/?signin=failed")
            assert await again.me() is None


async def test_a_state_of_one_sign_in_does_not_finish_another(tmp_path: Path) -> None:
    async with scene(tmp_path, Choices()) as here, browser(here) as tab, browser(here) as thief:
        stolen = words_of(await tab.choose(await tab.start(), "astrid"))
        own = words_of(await thief.choose(await thief.start(), "nils"))
        path = f"{here.url}/login/patient/callback"
        # Astrid's code under the thief's own state: the verifier is another, and the provider refuses
        mixed = f"{path}?code={stolen['code']}&state={own['state']}&iss={own['iss']}"
        assert (await thief.step(mixed)).endswith("/?signin=failed")
        assert await thief.me() is None


@pytest.mark.parametrize("issuer", ["https://elsewhere.example", ""])
async def test_an_answer_of_another_issuer_is_not_taken(tmp_path: Path, issuer: str) -> None:
    async with scene(tmp_path, Choices()) as here, browser(here) as tab:
        back = words_of(await tab.choose(await tab.start(), "astrid"))
        place = f"{here.url}/login/patient/callback?code={back['code']}&state={back['state']}"
        assert (await tab.step(place + (f"&iss={issuer}" if issuer else ""))).endswith("/?signin=failed")
        assert await tab.me() is None


async def test_a_sign_in_ends_the_session_the_browser_had(tmp_path: Path) -> None:
    async with scene(tmp_path, Choices()) as here, browser(here) as tab:
        async with tab.http.post(f"{here.url}/api/session", json={"person": "patient:nils"}) as response:
            assert response.status == 200
        before = tab.http.cookie_jar.filter_cookies(URL(here.url))["fyr"].value
        assert await tab.sign_in("astrid") == "/"
        after = tab.http.cookie_jar.filter_cookies(URL(here.url))["fyr"].value
        assert after != before
        assert await here.node.sessions.find(before) is None


async def test_it_is_ended_also_where_the_browser_brings_no_cookie_from_another_site(tmp_path: Path) -> None:
    """SameSite=Strict: on the way back from the provider the session's cookie is not sent."""
    async with scene(tmp_path, Choices()) as here, browser(here) as tab:
        async with tab.http.post(f"{here.url}/api/session", json={"person": "patient:nils"}) as response:
            assert response.status == 200
        before = tab.http.cookie_jar.filter_cookies(URL(here.url))["fyr"].value
        back = await tab.choose(await tab.start(), "astrid")
        tab.http.cookie_jar.clear(lambda cookie: cookie.key == "fyr")
        assert (await tab.step(back)).removeprefix(here.url) == "/"
        assert await here.node.sessions.find(before) is None


async def test_signing_out_sends_the_browser_on_to_the_provider(tmp_path: Path) -> None:
    async with scene(tmp_path, Choices(people="staff")) as here, browser(here) as tab:
        await tab.sign_in("sara")
        async with tab.http.delete(f"{here.url}/api/session") as response:
            told = words_of((await response.json())["url"])
        assert told["post_logout_redirect_uri"] == f"{here.url}/staff"
        assert told["id_token_hint"].count(".") == 2
        assert await tab.me() is None


async def test_a_token_with_an_identity_number_stands_in_no_address(tmp_path: Path) -> None:
    async with scene(tmp_path, Choices()) as here, browser(here) as tab:
        await tab.sign_in("astrid")
        async with tab.http.delete(f"{here.url}/api/session") as response:
            assert "id_token_hint" not in words_of((await response.json())["url"])


AS_THE_PROFILE_SAYS: dict[str, object] = dict.fromkeys(("par", "dpop", "identity", "levels", "userinfo", "people"))
PROFILES = {
    "helseid": ("staff", "kari", "staff:sara", "high"),
    "siths": ("staff", "ulla", "staff:sara", "substantial"),
    "bankid_broker": ("patient", "broker", "patient:astrid", "substantial"),
    "freja_broker": ("patient", "freja", "patient:astrid", "substantial"),
    "id_porten": ("patient", "porten", "patient:astrid", "high"),
}


@pytest.mark.parametrize("profile", PROFILES)
async def test_each_profile_says_who_came_and_how_surely(tmp_path: Path, profile: str) -> None:
    people, person, actor_id, assurance = PROFILES[profile]
    choices = Choices(people=people, told={**AS_THE_PROFILE_SAYS, "profile": profile})
    async with scene(tmp_path, choices) as here, browser(here) as tab:
        assert await tab.sign_in(person) == ("/staff" if people == "staff" else "/")
        assert [held.assurance for held in await here.node.sessions.own(actor_id)] == [assurance]
        asked = words_of(next(url for url in tab.seen if url.startswith(here.issuer)))
        assert "request_uri" in asked
