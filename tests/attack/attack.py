"""The whole attack, in order. A new way in adds its attacks here; ids, routes and events are walked by themselves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from tests.attack import forgery, guests, ids, kept, logins, paths, registers, scripts, tokens, wire
from tests.attack.ledger import Ledger
from tests.attack.prober import probing
from tests.attack.site import Site, site

Attack = Callable[[Site], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Size:
    """How much of what can be much."""

    codes: int
    lines: int
    lasts_s: float
    sockets: int


WHOLE = Size(codes=10_000, lines=600, lasts_s=15.0, sockets=300)
SHORT = Size(codes=200, lines=100, lasts_s=1.0, sockets=50)


def attacks(size: Size) -> tuple[Attack, ...]:
    """Every attack; what may end the victims' contact comes last."""
    return (
        tokens.replayed_tokens,
        tokens.open_sockets_of_ended_sessions,
        tokens.fixation,
        tokens.what_is_no_token,
        tokens.other_peoples_keys,
        lambda site: tokens.wrong_tokens(site, size.codes),
        tokens.locked_out,
        lambda site: guests.guest_links(site, size.codes),
        logins.foreign_sign_ins,
        forgery.forged_changes,
        forgery.cross_site_sockets,
        ids.calls_with_others_ids,
        ids.units_of_others,
        ids.paths_with_others_ids,
        kept.caches,
        kept.cookies,
        kept.documents,
        registers.desks_of_others,
        registers.registers_of_others,
        registers.both_persons,
        registers.tried_numbers,
        paths.traversal,
        paths.headers_with_breaks,
        paths.names_of_files,
        wire.smuggling,
        wire.oversized,
        wire.bombs,
        lambda site: wire.idle_sockets(site, size.sockets),
        lambda site: wire.slow_loris(site, size.lines, size.lasts_s),
        scripts.stored_script,
    )


async def attack(folder: Path, size: Size, tell: Callable[[str], None] = lambda _: None) -> Ledger:
    """Carry them all out. Raises `BlindError` when a control fails: then the verdicts would mean nothing."""
    async with site(folder) as attacked:
        async with probing(attacked):
            for one in attacks(size):
                await one(attacked)
                tell(", ".join(f"{family} {count}" for family, count in attacked.ledger.attacks.items()))
        attacked.note_faults()
        return attacked.ledger
