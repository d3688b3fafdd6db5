"""Notices: what leaves the machine, by every channel, and what never does."""

import base64
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import get_args

import pytest
from py_vapid import Vapid02
from structlog.testing import capture_logs

from core.clock import ManualClock
from core.errors import FyrError
from core.notices.channel import GoneError
from core.notices.entries import ChannelName, NoticeChosen, NoticeName
from core.notices.notices import Notices, make_notices
from core.notices.push import PushKey
from core.notices.state import NoticeWish
from core.notices.texts import load_texts, parse_texts
from core.outbound import Outbound
from core.settings import Settings
from rtc.guest.secret import new_token
from tests.core.post_office import Browser, http_end, smtp_end

NOW = datetime.now(UTC)
URL = "https://fyr.example"
CONTACT = "0123456789abcdef" * 2
NUMBER, ADDRESS = "+46701740605", "astrid@example.se"
CODE = "123456"
LANGS = ("sv", "nb", "en")


@pytest.fixture
async def outbound() -> AsyncIterator[Outbound]:
    made = Outbound(answer_within_s=2.0)
    yield made
    await made.close()


def notices(outbound: Outbound, key: PushKey | None = None, **settings: object) -> Notices:
    """The port as a deployment with these settings has it."""
    chosen = Settings(public_url=URL, **settings)  # type: ignore[arg-type]
    return make_notices(chosen, outbound, load_texts(), push_key=key, clock=ManualClock(NOW))


async def test_web_push_is_readable_by_the_browser_alone_and_signed_by_us(outbound: Outbound) -> None:
    key, browser = PushKey(PushKey.generate()), Browser()
    port = notices(outbound, key, push_hosts=("127.0.0.1",))
    async with http_end() as (endpoint, received):
        kept = port.chosen(NoticeChosen(channel="push", push=browser.subscription(endpoint)))
        await port.send("message", CONTACT, wish=NoticeWish(channel="push", push=kept.push), lang="sv")
    told = browser.read(received.bodies[0])
    assert told == {"title": "Meddelande från Fyr", "body": load_texts().text("message", "sv", url=URL), "lang": "sv"}
    headers = received.headers[0]
    assert (headers["Content-Encoding"], headers["Urgency"]) == ("aes128gcm", "high")
    assert Vapid02.verify(headers["Authorization"])  # type: ignore[no-untyped-call]
    assert headers["Authorization"].endswith(f"k={key.public}")
    claims = json.loads(_padded(headers["Authorization"].split("t=")[1].split(".")[1]))
    assert claims["aud"] == endpoint.removesuffix("/box")
    assert claims["sub"] == URL
    assert 0 < claims["exp"] - NOW.timestamp() <= 24 * 3600


@pytest.mark.parametrize(("status", "raised"), [(410, GoneError), (404, GoneError), (503, FyrError), (302, FyrError)])
async def test_an_ended_subscription_is_told_from_a_busy_service(
    outbound: Outbound, status: int, raised: type[Exception]
) -> None:
    port = notices(outbound, PushKey(PushKey.generate()), push_hosts=("127.0.0.1",))
    async with http_end(status) as (endpoint, _):
        wish = NoticeWish(channel="push", push=Browser().subscription(endpoint))
        with pytest.raises(raised):
            await port.send("message", CONTACT, wish=wish, lang="en")


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://10.0.0.7/admin",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com.example/x",
        "https://fcm.googleapis.com@10.0.0.7/x",
        "file:///etc/passwd",
    ],
)
async def test_a_browser_cannot_point_us_at_a_machine_of_its_choice(outbound: Outbound, endpoint: str) -> None:
    port = notices(outbound, PushKey(PushKey.generate()))
    with pytest.raises(FyrError, match="bad_request"):
        port.chosen(NoticeChosen(channel="push", push=Browser().subscription(endpoint)))


async def test_an_email_is_neutral_and_asks_for_no_reply(outbound: Outbound) -> None:
    async with smtp_end() as (url, mailbox):
        port = notices(outbound, smtp_url=url, email_from="fyr@region.example")
        kept = port.chosen(NoticeChosen(channel="email", address=f" {ADDRESS} "))
        await port.send("reminder", CONTACT, wish=NoticeWish(channel="email", address=kept.address), lang="nb")
    [message] = mailbox.messages
    assert (message["To"], message["From"], message["Subject"]) == (ADDRESS, "fyr@region.example", "Melding fra Fyr")
    assert message["Auto-Submitted"] == "auto-generated"
    assert load_texts().text("reminder", "nb", url=URL) in message.get_content()
    assert CONTACT not in message.as_string()


async def test_an_address_no_server_takes_is_gone_and_a_server_that_is_away_is_not(outbound: Outbound) -> None:
    wish = NoticeWish(channel="email", address=ADDRESS)
    async with smtp_end(refuses=True) as (url, _):
        with pytest.raises(GoneError):
            await notices(outbound, smtp_url=url, email_from="f@x.se").send("message", CONTACT, wish=wish, lang="sv")
    with pytest.raises(FyrError, match="unreachable"):
        await notices(outbound, smtp_url=url, email_from="f@x.se").send("message", CONTACT, wish=wish, lang="sv")


async def test_a_text_message_goes_to_the_gateway_with_its_token(outbound: Outbound) -> None:
    async with http_end(200) as (url, received):
        port = notices(outbound, sms_url=url, sms_token="secret", sms_from="Fyr")
        kept = port.chosen(NoticeChosen(channel="sms", address="+46 (70) 174-06 05"))
        await port.send("closing", CONTACT, wish=NoticeWish(channel="sms", address=kept.address), lang="en")
    text = load_texts().text("closing", "en", url=URL)
    assert json.loads(received.bodies[0]) == {"to": NUMBER, "from": "Fyr", "text": text}
    assert received.headers[0]["Authorization"] == "Bearer secret"


@pytest.mark.parametrize(("status", "raised"), [(400, GoneError), (422, GoneError), (404, FyrError), (500, FyrError)])
async def test_a_gateway_that_is_not_there_costs_nobody_their_choice(
    outbound: Outbound, status: int, raised: type[Exception]
) -> None:
    wish = NoticeWish(channel="sms", address=NUMBER)
    async with http_end(status) as (url, _):
        port = notices(outbound, sms_url=url)
        with pytest.raises(raised):
            await port.send("message", CONTACT, wish=wish, lang="sv")


@pytest.mark.parametrize(("channel", "address"), [("sms", NUMBER), ("email", ADDRESS)])
async def test_without_settings_it_is_only_logged_and_the_log_names_no_one(
    outbound: Outbound, channel: ChannelName, address: str
) -> None:
    port = notices(outbound)
    assert port.offered == ()
    with capture_logs() as logged:
        await port.send("message", CONTACT, wish=NoticeWish(channel=channel, address=address), lang="sv")
    assert logged[0] == {
        "event": "notice_logged",
        "log_level": "info",
        "notice": "message",
        "channel": channel,
        "contact": CONTACT,
    }
    assert address not in str(logged)
    assert "Du har" not in str(logged)


async def test_nothing_is_sent_to_who_has_not_chosen_it(outbound: Outbound) -> None:
    async with smtp_end() as (url, mailbox):
        port = notices(outbound, smtp_url=url, email_from="f@x.se")
        await port.send("message", CONTACT, wish=NoticeWish(), lang="sv")
        await port.send("message", CONTACT, wish=NoticeWish(channel="none", address=ADDRESS), lang="sv")
    assert mailbox.messages == []


@pytest.mark.parametrize("address", ["a@b\r\nBcc: c@d", "a@b,c@d", "none", "@", "a b@c", "a@[x", "a(b@c", "a@b\0"])
async def test_an_address_that_cannot_be_is_refused(outbound: Outbound, address: str) -> None:
    port = notices(outbound, smtp_url="smtp://x", email_from="f@x.se")
    with pytest.raises(FyrError, match="bad_request"):
        port.chosen(NoticeChosen(channel="email", address=address))


async def test_a_secret_goes_to_an_address_told_for_it_and_what_stays_here_says_so(outbound: Outbound) -> None:
    async with http_end(200) as (url, received), http_end(500) as (broken, _):
        port = notices(outbound, sms_url=url, sms_token="secret")
        assert await port.hand_over("guest_code", "+46 (70) 174-06 05", CONTACT, lang="nb", code=CODE)
        assert not await port.hand_over("guest_code", ADDRESS, CONTACT, lang="nb", code=CODE)
        away = notices(outbound, sms_url=broken)
        assert not await away.hand_over("guest_code", NUMBER, CONTACT, lang="nb", code=CODE)
    assert [json.loads(body)["to"] for body in received.bodies] == [NUMBER]
    assert CODE in json.loads(received.bodies[0])["text"]
    assert (port.may_reach(NUMBER), port.may_reach(ADDRESS), port.may_reach("nobody")) == (True, False, False)


async def test_what_is_not_offered_cannot_be_chosen(outbound: Outbound) -> None:
    with pytest.raises(FyrError, match="not offered"):
        notices(outbound).chosen(NoticeChosen(channel="sms", address=NUMBER))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", get_args(NoticeName))
def test_every_notice_says_it_in_one_text_message_without_an_id(name: NoticeName, lang: str) -> None:
    url = f"{URL}/guest#{new_token()}" if name == "guest_link" else URL
    text = load_texts().text(name, lang, url=url, code=CODE)
    assert (CODE in text and URL not in text) if name == "guest_code" else text.endswith(url)
    assert "Fyr" in text
    assert len(text) <= 160


def test_texts_that_lack_one_or_say_too_much_stop_the_start() -> None:
    with pytest.raises(FyrError, match="content_invalid"):
        parse_texts("version: 1\nsubject: {sv: a, nb: a, en: a}\ntexts: {message: {sv: '{name} {url}', nb: a, en: a}}")


def _padded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
