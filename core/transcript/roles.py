"""What roles are called, in each language; a role is a name of the directory and no word."""

from core.access.rights import RoleName
from core.transcript.line import Lang, Sentence

ROLES: dict[RoleName, Sentence] = {
    "nurse": Sentence("sjuksköterska", "sykepleier", "nurse"),
    "clinician": Sentence("behandlare", "behandler", "clinician"),
    "unit_lead": Sentence("enhetschef", "enhetsleder", "unit lead"),
    "administrator": Sentence("administratör", "administrator", "administrator"),
    "auditor": Sentence("granskare", "kontrollør", "auditor"),
    "integrator": Sentence("integratör", "integrator", "integrator"),
}


def role_words(role: str, lang: Lang) -> str:
    """The role in words; one we have no word for (of a later release) as the directory has it."""
    return next((words(lang) for name, words in ROLES.items() if name == role), role)
