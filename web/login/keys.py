"""Our own key towards providers: it signs who we are (`private_key_jwt`, RFC 7523) and is published for them to check.

DPoP keys (RFC 9449) are made anew for every sign-in: nothing binds two of them together.
"""

import base64
import hashlib
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from core.clock import Clock
from core.errors import FyrError
from core.ids import new_id

ALGORITHM = "ES256"
ASSERTION_S = 60
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class ClientKey:
    """An EC key on P-256, by its thumbprint (RFC 7638)."""

    def __init__(self, key: ECKey, clock: Clock) -> None:
        self._key = key
        self._clock = clock
        self.kid = key.thumbprint()

    @classmethod
    def read(cls, path: Path, clock: Clock) -> "ClientKey":
        """From a PEM file. Raises `settings_invalid`, saying nothing of what is in it."""
        try:
            key = ECKey.import_key(path.read_bytes())
        except (JoseError, ValueError, TypeError):
            key = None
        if key is None or not key.is_private or key.curve_name != "P-256":
            problem = "FYR_LOGIN_KEY names no private key on the curve P-256 in PEM"
            raise FyrError("settings_invalid", problems=[problem]) from None
        return cls(key, clock)

    def published(self) -> dict[str, Any]:
        """The public half, as providers fetch it (RFC 7517)."""
        return {"keys": [{**self._key.as_dict(private=False), "kid": self.kid, "use": "sig", "alg": ALGORITHM}]}

    def assertion(self, client_id: str, audience: str) -> str:
        """That we are the client, good for a minute and once."""
        now_s = self._clock.ms() // 1000
        claims: dict[str, object] = {"iss": client_id, "sub": client_id, "aud": audience, "jti": new_id()}
        claims |= {"iat": now_s, "nbf": now_s, "exp": now_s + ASSERTION_S}
        return jwt.encode({"alg": ALGORITHM, "kid": self.kid}, claims, self._key)


class SenderKey:
    """The key one sign-in's tokens are bound to."""

    def __init__(self, key: ECKey, clock: Clock) -> None:
        self._key = key
        self._clock = clock

    @classmethod
    def new(cls, clock: Clock) -> "SenderKey":
        """One nobody has had."""
        return cls(ECKey.generate_key("P-256"), clock)

    @classmethod
    def restored(cls, pem: str, clock: Clock) -> "SenderKey":
        """The one that was kept."""
        return cls(ECKey.import_key(pem), clock)

    def kept(self) -> str:
        """What `restored` takes."""
        return self._key.as_pem(private=True).decode()

    @property
    def thumbprint(self) -> str:
        """What `dpop_jkt` names."""
        return self._key.thumbprint()

    def proof(self, method: str, url: str, *, nonce: str = "", token: str = "") -> str:
        """That we hold the key, for one request (RFC 9449, 4.2)."""
        claims = {"jti": new_id(), "htm": method, "htu": url, "iat": self._clock.ms() // 1000}
        if nonce:
            claims["nonce"] = nonce
        if token:
            digest = hashlib.sha256(token.encode()).digest()
            claims["ath"] = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        header = {"typ": "dpop+jwt", "alg": ALGORITHM, "jwk": self._key.as_dict(private=False)}
        return jwt.encode(header, claims, self._key)
