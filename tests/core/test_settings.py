"""Settings are read whole or not at all, and a refusal never repeats what was set: it may be a secret."""

import os
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FyrError
from core.key_file import master_keys
from core.log.seal import MasterKeys
from core.setting_rows import SETTINGS
from core.settings import Settings, load_settings

KEY = MasterKeys.generate()


def _problems(environ: dict[str, str]) -> list[str]:
    with pytest.raises(FyrError) as refused:
        load_settings(environ)
    assert refused.value.code == "settings_invalid"
    problems = refused.value.data["problems"]
    assert isinstance(problems, list)
    return problems


def _refusal(environ: dict[str, str]) -> tuple[str, BaseException | None]:
    try:
        load_settings(environ)
    except FyrError as refused:
        return str(refused), refused.__cause__
    return "", None


def test_nothing_set_is_a_whole_deployment_on_one_machine() -> None:
    settings = load_settings({"PATH": "/usr/bin"})
    assert settings == Settings()
    assert settings.embedded
    assert settings.sql_url == "sqlite+aiosqlite:///var/fyr.db"
    assert not settings.demo


def test_every_field_has_a_row_and_every_default_reads_as_the_field_says() -> None:
    defaults = Settings()
    assert {setting.field for setting in SETTINGS} == {item.name for item in fields(Settings)}
    for setting in SETTINGS:
        if setting.default:
            assert setting.read(setting.default) == getattr(defaults, setting.field), setting.name


def test_what_is_set_is_read(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "FYR_PORT": "9000",
            "FYR_COUNTRY": "no",
            "FYR_DEMO": "1",
            "FYR_DATA_DIR": str(tmp_path),
            "FYR_TURN_URLS": "turn:turn.example:3478, stun:stun.example",
            "FYR_TURN_SECRET": "s",
        }
    )
    assert (settings.port, settings.country, settings.demo) == (9000, "no", True)
    assert settings.sql_url == f"sqlite+aiosqlite:///{tmp_path}/fyr.db"
    assert settings.turn_urls == ("turn:turn.example:3478", "stun:stun.example")


def test_https_listens_to_phones_unless_an_address_was_chosen() -> None:
    assert load_settings({"HTTPS": "1"}).host == "0.0.0.0"
    assert load_settings({"HTTPS": "1", "FYR_HOST": "127.0.0.1"}).host == "127.0.0.1"
    assert load_settings({}).host == "127.0.0.1"


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"FYR_PROT": "1"}, "FYR_PROT is no setting of Fyr"),
        ({"FYR_PORT": "eighty"}, "FYR_PORT is a port number from 0 (any free one) to 65535"),
        ({"FYR_PORT": "65536"}, "FYR_PORT is a port number from 0 (any free one) to 65535"),
        ({"FYR_PORT": "٨٠"}, "FYR_PORT is a port number from 0 (any free one) to 65535"),
        ({"FYR_HOST": "fyr.example"}, "FYR_HOST is an IP address or localhost"),
        ({"FYR_COUNTRY": "dk"}, "FYR_COUNTRY is one of se, no"),
        ({"FYR_DEMO": "yes"}, "FYR_DEMO is 0 or 1"),
        ({"FYR_TURN_URLS": "http://x"}, "FYR_TURN_URLS is a list of turn: and stun: addresses (RFC 7065, RFC 7064)"),
        ({"FYR_TURN_SECRET": "s"}, "FYR_TURN_SECRET needs FYR_TURN_URLS"),
        ({"FYR_KEYS": "k1:short"}, "FYR_KEYS is id:base64 of 32 bytes, comma separated, the current key first"),
        (
            {"FYR_DATABASE_URL": "postgresql+asyncpg://h/d"},
            "FYR_KEYS is needed with PostgreSQL: every node must hold the same keys",
        ),
    ],
)
def test_a_mistake_is_named(environ: dict[str, str], told: str) -> None:
    assert _problems(environ) == [told]


def test_every_mistake_is_told_at_once() -> None:
    assert len(_problems({"FYR_PORT": "x", "FYR_COUNTRY": "x", "FYR_TLS_CERT": "/nowhere/at/all", "FYR_X": "1"})) == 4


def test_a_certificate_needs_its_key(tmp_path: Path) -> None:
    certificate = tmp_path / "cert.pem"
    certificate.touch()
    assert _problems({"FYR_TLS_CERT": str(certificate)}) == ["FYR_TLS_CERT and FYR_TLS_KEY belong together"]


@given(st.sampled_from([row.name for row in SETTINGS]), st.text("sekrit:/@", min_size=9, max_size=30))
def test_a_refusal_never_repeats_the_value(name: str, value: str) -> None:
    told, cause = _refusal({name: value})
    assert value not in told
    assert cause is None


def test_secrets_are_not_shown_when_settings_are() -> None:
    shown = repr(
        load_settings(
            {
                "FYR_KEYS": KEY,
                "FYR_DATABASE_URL": "postgresql+asyncpg://fyr:sekrit@db/fyr",
                "FYR_REDIS_URL": "redis://:sekrit@index",
                "FYR_TURN_URLS": "turn:turn.example",
                "FYR_TURN_SECRET": "sekrit",
            }
        )
    )
    assert "sekrit" not in shown
    assert KEY not in shown


def test_a_machine_alone_makes_its_keys_once_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")
    first = master_keys(settings)
    kept = tmp_path / "new" / "keys"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["keys"]
    assert master_keys(settings).derived(first.current, "x") == first.derived(first.current, "x")


def test_a_start_that_was_cut_off_while_it_made_the_keys_stops_no_later_one(tmp_path: Path) -> None:
    """In a container every start has the same process number."""
    (tmp_path / f"keys.{os.getpid()}").write_text("half a")
    assert master_keys(Settings(data_dir=tmp_path)).names
    assert (tmp_path / "keys").exists()


def test_keys_that_were_set_are_used_and_nothing_is_written(tmp_path: Path) -> None:
    keys = master_keys(Settings(keys=KEY, data_dir=tmp_path / "new"))
    assert keys.derived("k1", "x") == MasterKeys.parse(KEY).derived("k1", "x")
    assert not (tmp_path / "new").exists()


def test_a_damaged_key_file_stops_the_start_and_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("damaged")
    with pytest.raises(FyrError) as refused:
        master_keys(Settings(data_dir=tmp_path))
    assert refused.value.code == "settings_invalid"
    assert (tmp_path / "keys").read_text() == "damaged"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FyrError) as refused:
        master_keys(Settings(data_dir=tmp_path / "file" / "below"))
    assert refused.value.code == "folder_unwritable"
