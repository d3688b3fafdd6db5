"""What browsers are told to refuse on our behalf: the content security policy and the headers beside it.

Pages run scripts and styles from files of our own and nothing inline; text becomes markup nowhere (Trusted Types). All
that is not a page has a policy under which nothing in it could run.
"""

from collections.abc import Iterable, Mapping

HSTS = "max-age=63072000"
"""Two years. Other names below ours are not ours to decide."""
MARKUP = "fyr-worker"
"""The one Trusted Types policy, made by the client: it gives the address of the service worker and nothing else."""
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
ALLOWED = (
    "camera",
    "microphone",
    "display-capture",
    "fullscreen",
    "autoplay",
    "picture-in-picture",
    "screen-wake-lock",
)
"""A visit; everything else a browser could be asked for is turned off."""
REFUSED = (
    "accelerometer",
    "clipboard-read",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "midi",
    "payment",
    "publickey-credentials-get",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join([f"{name}=(self)" for name in ALLOWED] + [f"{name}=()" for name in REFUSED])
EVERYWHERE: Mapping[str, str] = {
    "Content-Security-Policy": NOTHING,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Cache-Control": "no-store",
    "Server": "fyr",
}
"""On every answer that does not say otherwise; nothing under /api may be kept by a cache."""


def page_policy(public_url: str, *, form_targets: Iterable[str] = ()) -> str:
    """The policy of a page and of its service worker.

    `'self'` covers our own sockets; browsers that read it without them (Safari before 15.4) need their address, known
    where `public_url` is set. `form_targets`: origins of sign-in services a form may lead to.
    """
    lines = [public_url.replace("http", "ws", 1).rstrip("/")] if public_url else []
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'", "blob:"],
        "connect-src": ["'self'", *lines],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", *form_targets],
        "frame-ancestors": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [MARKUP],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def headers_everywhere(*, strict_transport: bool) -> dict[str, str]:
    """The headers of every answer. `strict_transport`: by TLS with a certificate that browsers trust (RFC 6797)."""
    return {**EVERYWHERE, **({"Strict-Transport-Security": HSTS} if strict_transport else {})}
