"""Descriptions and candidates without anybody's network address, for units whose visits go by TURN servers alone.

The page asks its browser for relayed candidates only (`iceTransportPolicy`). That is not relied on: whatever else a
page sends is taken out here before another participant is told (RFC 8839 5.1 and 5.2, RFC 8828 3 on why).
"""

import re

CANDIDATE = re.compile(r"(?:a=)?(candidate:\S+ \d+ \S+ \d+ )(\S+ \d+) typ (\S+)(.*)", re.DOTALL)
RELATED = re.compile(r" raddr \S+ rport \d+")
CONNECTION = re.compile(r"^(c=IN IP[46]) \S+", re.MULTILINE)
CONTROL = re.compile(r"^(a=rtcp:\d+)(?: IN IP[46] \S+)?", re.MULTILINE)
ORIGIN = re.compile(r"^(o=\S+ \S+ \S+ IN) IP[46] \S+", re.MULTILINE)


def hidden_candidate(candidate: str) -> str | None:
    """A candidate that tells only the TURN server's address; None for one that tells more, or that cannot be read."""
    if not candidate:
        return ""
    found = CANDIDATE.fullmatch(candidate)
    if found is None or found[3] != "relay":
        return None
    return f"{found[1]}{found[2]} typ relay{RELATED.sub(' raddr 0.0.0.0 rport 9', found[4])}"


def hidden_description(sdp: str) -> str:
    """The same of a whole description: lines of other candidates go, and no other line names an address."""
    kept = []
    for line in sdp.splitlines():
        if not line.startswith("a=candidate:"):
            kept.append(line)
            continue
        candidate = hidden_candidate(line.removeprefix("a="))
        if candidate:
            kept.append(f"a={candidate}")
    text = "\r\n".join(kept) + "\r\n"
    text = CONNECTION.sub(r"c=IN IP4 0.0.0.0", text)
    text = CONTROL.sub(r"a=rtcp:9 IN IP4 0.0.0.0", text)
    return ORIGIN.sub(r"\1 IP4 0.0.0.0", text)
