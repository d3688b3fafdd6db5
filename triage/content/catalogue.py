"""The clinical content in memory: looked up by id, by language and by concept. Never changed after loading."""

from collections.abc import Mapping
from typing import Literal

from triage.content.cues import Cues
from triage.content.felt import Sense, Site
from triage.content.files import Rows
from triage.content.schema import (
    Asking,
    Concept,
    ContentLang,
    Disposition,
    Question,
    Rule,
    SafePath,
    ScreenItem,
    Wording,
)
from triage.urgency import Urgency


class Content:
    """All concepts, rules, questions, safe paths, screen items and cues of one version."""

    def __init__(self, rows: Rows) -> None:
        self.version: str = rows.version
        """The declared version and a digest of every file."""
        self.concepts: tuple[Concept, ...] = tuple(rows.concepts)
        self.sites: tuple[Site, ...] = tuple(rows.sites)
        self.senses: tuple[Sense, ...] = tuple(rows.senses)
        self.rules: tuple[Rule, ...] = tuple(rows.rules)
        self.questions: tuple[Question, ...] = tuple(rows.questions)
        self.paths: tuple[SafePath, ...] = tuple(rows.paths)
        self.sources: Mapping[str, str] = rows.sources
        self._dispositions = rows.dispositions
        self.asking: tuple[Asking, ...] = tuple(rows.asking)
        self._safety_nets = {row.urgency: row.safety_net for row in rows.safety_nets}
        self._screen = tuple(rows.screen)
        self._cues = rows.cues
        self._concepts: dict[str, Concept] = {row.id: row for row in self.concepts}
        self.kept_when_denied = frozenset(str(row.id) for row in self.concepts if row.negation_keeps)
        """Concepts whose denial settles nothing: a human reads on."""
        self.events = frozenset(str(row.id) for row in self.concepts if row.kind == "event")
        """Concepts that happen at a time and then are history."""
        self.implied = {str(row.id): row.implies for row in self.concepts if row.implies}
        self.implied_unless = {str(row.id): row.unless for row in self.concepts if row.unless}
        """What follows from a concept by itself."""
        self._rules: dict[str, Rule] = {row.id: row for row in self.rules}
        self._questions: dict[str, Question] = {row.id: row for row in self.questions}
        self._paths: dict[str, SafePath] = {row.id: row for row in self.paths}

    def concept(self, concept_id: str) -> Concept | None:
        """The concept, or None."""
        return self._concepts.get(concept_id)

    def rule(self, rule_id: str) -> Rule | None:
        """The rule, or None."""
        return self._rules.get(rule_id)

    def question(self, question_id: str) -> Question | None:
        """The question, or None."""
        return self._questions.get(question_id)

    def path(self, path_id: str) -> SafePath | None:
        """The safe path, or None."""
        return self._paths.get(path_id)

    def safety_net(self, urgency: Urgency) -> Wording:
        """What a patient of this level reads when no safe path has a text of its own."""
        return self._safety_nets[urgency]

    def screen(self, whom: Literal["adult", "child"]) -> tuple[ScreenItem, ...]:
        """The emergency screen shown to an adult or about a child, in its order."""
        return tuple(item for item in self._screen if whom in item.whom)

    def cues(self, lang: ContentLang) -> Cues:
        """The small words around a symptom in `lang`."""
        return self._cues[lang]

    def label(self, concept_id: str, lang: str) -> str:
        """The short lay name shown on a chip; the id itself when the concept is unknown (an older version's entry)."""
        concept = self.concept(concept_id)
        return concept.label.get(lang) if concept else concept_id

    def disposition(self, disposition: Disposition) -> Wording:
        """What staff call where the patient should go."""
        return self._dispositions[disposition]
