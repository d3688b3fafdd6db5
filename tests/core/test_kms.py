"""Master keys behind a key service: a transit engine that really wraps, run by the test; away, the start is refused."""

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import FyrError
from core.keyring.kms import keys_of_service, new_key, read_service

TOKEN = "s.of-the-test"
FYR = str(Path(sys.executable).parent / "fyr")


class Engine(BaseHTTPRequestHandler):
    """`POST /v1/transit/{encrypt,decrypt}/fyr` as OpenBao answers it."""

    secret = AESGCM(os.urandom(32))

    def do_POST(self) -> None:
        """Wrap or unwrap."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        action = self.path.split("/")[-2]
        if self.headers["X-Vault-Token"] != TOKEN:
            self.answer(403, {"errors": ["permission denied"]})
        elif action == "encrypt":
            nonce = os.urandom(12)
            sealed = nonce + self.secret.encrypt(nonce, base64.b64decode(body["plaintext"]), None)
            self.answer(200, {"data": {"ciphertext": "vault:v1:" + base64.b64encode(sealed).decode()}})
        else:
            sealed = base64.b64decode(body["ciphertext"].removeprefix("vault:v1:"))
            plain = self.secret.decrypt(sealed[:12], sealed[12:], None)
            self.answer(200, {"data": {"plaintext": base64.b64encode(plain).decode()}})

    def answer(self, status: int, body: dict[str, object]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def service() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Engine) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"kms:http://127.0.0.1:{server.server_port}/v1/transit/fyr"
        server.shutdown()
        thread.join()


def test_keys_are_made_wrapped_and_come_back_the_same(service: str) -> None:
    one = new_key(service, TOKEN, "k1")
    two = new_key(one, TOKEN, "k2")
    assert list(read_service(two)[1]) == ["k2", "k1"]
    keys = keys_of_service(two, TOKEN)
    assert keys.names == ("k2", "k1")
    assert keys.derived("k1", "chain") == keys_of_service(one, TOKEN).derived("k1", "chain")
    assert keys.derived("k1", "chain") != keys.derived("k2", "chain")


def test_a_service_that_refuses_or_is_away_gives_no_key(service: str) -> None:
    one = new_key(service, TOKEN, "k1")
    for text, token in ((one, "another"), ("kms:http://127.0.0.1:1/v1/transit/fyr?k1=x", TOKEN)):
        with pytest.raises(FyrError, match="unreachable") as refused:
            keys_of_service(text, token)
        assert token not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["kms:", "kms:http://keys.example/v1/transit/fyr?k1=x", "kms:ftp://127.0.0.1/v1/transit/fyr?k1=x",
             "kms:https://keys.example/v1/transit/fyr"]
)  # fmt: skip
def test_an_address_that_would_leak_or_name_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="kms:"):
        read_service(text)


def test_the_service_itself_runs_on_them_and_says_in_one_sentence_that_they_are_away(
    service: str, tmp_path: Path
) -> None:
    around = {"PATH": os.environ["PATH"], "FYR_DATA_DIR": str(tmp_path), "FYR_KMS_TOKEN": TOKEN, "FYR_PORT": "0"}
    made = subprocess.run(
        [FYR, "keys", "new", "k1"], env={**around, "FYR_KEYS": service}, capture_output=True, text=True, check=True
    )
    keys = made.stdout.strip()
    with subprocess.Popen(
        [FYR, "demo"], env={**around, "FYR_KEYS": keys}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as demo:
        assert demo.stdout is not None
        assert demo.stdout.readline().startswith("ready ")
        demo.terminate()
    assert not (tmp_path / "keys").exists()
    whole = subprocess.run(
        [FYR, "verify-log"], env={**around, "FYR_KEYS": keys}, capture_output=True, text=True, check=False
    )
    assert whole.stdout.startswith("whole:"), whole.stderr
    away = subprocess.run(
        [FYR, "demo"],
        env={**around, "FYR_KEYS": keys, "FYR_KMS_TOKEN": "wrong"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (away.returncode, away.stdout) == (2, "")
    assert "The key service of FYR_KEYS" in away.stderr
    assert len(away.stderr.splitlines()) == 1
