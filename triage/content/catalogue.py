"""The clinical content as the engine uses it: looked up by id, indexed by concept. Unchanging once loaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from triage.content.schema import (
    AskingForConcepts,
    Body,
    Concept,
    Condition,
    ContentLang,
    Question,
    Rule,
    SafePath,
    SafetyNet,
    ScreenItem,
    Speech,
    Wording,
)
from triage.ids import ConceptId, PathId, QuestionId, RuleId

ASKS_FOR = "has_"


def worded(wording: Wording, lang: str) -> str:
    """The text in `lang`; Nynorsk readers get Bokmål, everyone else English."""
    return wording["sv"] if lang == "sv" else wording["nb"] if lang in ("nb", "nn") else wording["en"]


def conditions_in(condition: Condition) -> Iterator[Condition]:
    """The condition and all that are nested in it."""
    yield condition
    for inner in (*condition.all, *condition.any, *condition.none):
        yield from conditions_in(inner)


@dataclass(frozen=True)
class Content:
    """All clinical content of one version."""

    version: str
    concepts: dict[ConceptId, Concept]
    rules: dict[RuleId, Rule]
    questions: dict[QuestionId, Question]
    paths: dict[PathId, SafePath]
    safety_nets: dict[str, SafetyNet]
    screen_items: tuple[ScreenItem, ...]
    speech: dict[ContentLang, Speech]
    body: Body
    asking: AskingForConcepts
    sources: dict[str, str]

    def label(self, concept: ConceptId, lang: str) -> str:
        """What the concept is called on a chip. Raises KeyError for an unknown concept."""
        return worded(self.concepts[concept].label, lang)

    def rule(self, rule: RuleId) -> Rule:
        """The rule. Raises KeyError when there is none."""
        return self.rules[rule]

    def concept(self, concept: str) -> Concept | None:
        """The concept of that id, if there is one."""
        return self.concepts.get(ConceptId(concept))

    def question(self, question: str, whom: Literal["self", "child", "other"] = "self") -> Question | None:
        """The question of that id, worded for whom the contact is about, if there is one."""
        found = self.questions.get(QuestionId(question))
        if found is None or found.concept is None or whom == "self":
            return found
        return ask_for(self.concepts[found.concept], self.asking, whom)

    def screen(self, whom: Literal["adult", "child"]) -> tuple[ScreenItem, ...]:
        """The emergency screen for an adult or a child, in its order."""
        return tuple(item for item in self.screen_items if whom in item.whom)

    def safety_net(self, path: PathId, lang: str) -> str:
        """What to watch for on a safe path, in `lang`. Raises KeyError for an unknown path."""
        return worded(self.safety_nets[self.paths[path].safety_net].wording, lang)


def ask_for(concept: Concept, asking: AskingForConcepts, whom: Literal["self", "child", "other"]) -> Question:
    """The question whether someone has `concept`: its label put into the sentence of each language."""
    template = {"self": asking.oneself, "child": asking.child, "other": asking.other}[whom]
    return Question(
        id=QuestionId(ASKS_FOR + concept.id),
        kind="bool",
        wording={lang: template[lang].format(label=label) for lang, label in concept.label.items() if lang in template},
        concept=concept.id,
        source=concept.source,
        review=concept.review,
    )
