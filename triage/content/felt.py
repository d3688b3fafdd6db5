"""What may be felt at a part of the body: two short tables that together say what nobody could list.

"Stel i handleden", "min tå är domnad", "slog i knät": a sense and a site, and the concept they make.
"""

from triage.content.schema import Row, Terms
from triage.ids import ConceptId


class Site(Row, frozen=True, kw_only=True):
    """A part of the body in patients' words."""

    id: str
    words: Terms


class Sense(Row, frozen=True, kw_only=True):
    """Something felt, seen or done at a site. Bars part words that may stand at one place, as in a concept's terms."""

    id: str
    words: Terms
    at: dict[ConceptId, tuple[str, ...]] = {}
    """The concept it makes, and at which sites."""
    leads: bool = False
    """It only stands before the site: "strålar ut i armen"."""
    anywhere: ConceptId | None = None
    """What it is at every site `at` does not name."""

    def by_concept(self, sites: tuple[str, ...]) -> dict[ConceptId, tuple[str, ...]]:
        """Each concept this sense can make, with the sites where it does."""
        made = dict(self.at)
        if self.anywhere is not None:
            named = {site for group in self.at.values() for site in group}
            rest = tuple(site for site in sites if site not in named)
            made[self.anywhere] = made.get(self.anywhere, ()) + rest
        return made
