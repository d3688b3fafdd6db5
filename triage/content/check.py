"""Checks the content as a whole: every name known, every text in every language, every rule able to fire."""

from collections.abc import Iterable, Iterator

from triage.content.catalogue import Content, conditions_in
from triage.content.comparison import comparison
from triage.content.schema import LANGS, Concept, Condition, Row, Rule, SafePath, Wording
from triage.ids import ConceptId
from triage.urgency import Urgency

BELOW_URGENT = {Urgency.WITHIN_24H, Urgency.ROUTINE, Urgency.SELF_CARE}
VITALS = {"temp", "spo2", "rr", "hr", "sbp", "dbp", "glucose", "ketones", "weight_delta_kg_3d"}


def problems_in(content: Content) -> list[str]:
    """Every problem, one sentence each, beginning with the row's id."""
    return [
        *_sources(content),
        *_texts(content),
        *_concepts(content),
        *_body(content),
        *_rules(content),
        *_shadowed(content),
        *_paths(content),
    ]


def _rows(content: Content) -> Iterator[tuple[str, Row]]:
    yield from content.concepts.items()
    yield from content.rules.items()
    yield from content.questions.items()
    yield from content.paths.items()
    yield from content.safety_nets.items()
    yield from ((item.id, item) for item in content.screen_items)
    yield from ((f"context/{lang}", speech) for lang, speech in content.speech.items())
    yield "body", content.body


def _sources(content: Content) -> Iterator[str]:
    for name, row in _rows(content):
        if not row.source:
            yield f"{name}: no source"
        yield from (f"{name}: unknown source {source}" for source in row.source if source not in content.sources)


def _texts(content: Content) -> Iterator[str]:
    texts: list[tuple[str, Wording]] = [(concept.id, concept.label) for concept in content.concepts.values()]
    texts += [(rule.id, rule.reason) for rule in content.rules.values()]
    texts += [(question.id, question.wording) for question in content.questions.values()]
    texts += [(net.id, net.wording) for net in content.safety_nets.values()]
    texts += [(item.id, item.wording) for item in content.screen_items]
    for name, wording in texts:
        yield from (f"{name}: no text in {lang}" for lang in LANGS if not wording.get(lang, "").strip())


def _concepts(content: Content) -> Iterator[str]:
    paired = {concept for pairs in content.body.pairs.values() for concept in pairs.values()}
    for concept in content.concepts.values():
        yield from _unknown(concept.id, concept.hides, content)
        if concept.id not in paired:
            yield from (f"{concept.id}: no words in {lang}" for lang in LANGS if not _words(concept, lang))


def _words(concept: Concept, lang: str) -> bool:
    return bool({"sv": concept.words.sv, "nb": concept.words.nb}.get(lang, concept.words.en))


def _unknown(name: str, concepts: Iterable[ConceptId], content: Content) -> Iterator[str]:
    yield from (f"{name}: unknown concept {concept}" for concept in concepts if concept not in content.concepts)


def _body(content: Content) -> Iterator[str]:
    body = content.body
    for feeling, pairs in body.pairs.items():
        if feeling not in body.feelings:
            yield f"body: unknown feeling {feeling}"
        yield from (f"body: unknown part {part}" for part in pairs if part not in body.parts)
        yield from _unknown("body", pairs.values(), content)
    yield from (f"body: unknown part {part} in compounds" for part in body.compounds if part not in body.parts)


def _rules(content: Content) -> Iterator[str]:
    for rule in content.rules.values():
        if (rule.urgency is None) == (rule.raises == 0):
            yield f"{rule.id}: needs either a level or steps to raise"
        if not any(True for _ in _positive(rule.when)):
            yield f"{rule.id}: can never fire, nothing in it can be affirmed"
        for condition in conditions_in(rule.when):
            yield from _condition(rule, condition, content)


def _positive(condition: Condition) -> Iterator[Condition]:
    if condition.c or condition.a or condition.v or condition.score or condition.ctx:
        yield condition
    for inner in (*condition.all, *condition.any):
        yield from _positive(inner)


def _condition(rule: Rule, condition: Condition, content: Content) -> Iterator[str]:
    named = [concept for concept in (condition.c, condition.ctx) if concept is not None]
    yield from _unknown(rule.id, named, content)
    if condition.a is not None and condition.a not in content.questions:
        yield f"{rule.id}: unknown question {condition.a}"
    if condition.v is not None and condition.v not in VITALS:
        yield f"{rule.id}: unknown measurement {condition.v}"
    if (condition.a or condition.v or condition.score) and condition.is_ is None:
        yield f"{rule.id}: nothing to compare with"
    limits = [condition.dur_h, condition.sev, condition.age_y, condition.age_m, condition.age_d, condition.preg_w]
    for limit in (*limits, condition.is_ if isinstance(condition.is_, str) else None):
        if limit is not None and not _comparable(limit):
            yield f"{rule.id}: not a comparison: {limit}"


def _comparable(limit: str) -> bool:
    try:
        comparison(limit)
    except ValueError:
        return False
    return True


def _shadowed(content: Content) -> Iterator[str]:
    """A rule that is one bare concept at a level that another such rule gives more urgently never decides."""
    highest: dict[ConceptId, tuple[int, str]] = {}
    bare = [(rule, rule.when.any) for rule in content.rules.values() if rule.urgency and _is_bare(rule.when)]
    for rule, parts in bare:
        for part in parts:
            if part.c is not None and rule.urgency is not None:
                highest[part.c] = min(highest.get(part.c, (9, "")), (rule.urgency.rank, rule.id))
    for rule, parts in bare:
        ranks = [highest[part.c] for part in parts if part.c is not None]
        if rule.urgency and ranks and all(rank < rule.urgency.rank for rank, _ in ranks):
            yield f"{rule.id}: shadowed by {', '.join(sorted({other for _, other in ranks}))}"


def _is_bare(condition: Condition) -> bool:
    plain = Condition(c=None)
    whole = bool(condition.any) and not (condition.all or condition.none)
    return whole and all(part.c is not None and _only_concept(part, plain) for part in condition.any)


def _only_concept(part: Condition, plain: Condition) -> bool:
    return all(
        getattr(part, name) == getattr(plain, name) for name in Condition.__struct_fields__ if name not in ("c", "res")
    )


def _paths(content: Content) -> Iterator[str]:
    for path in content.paths.values():
        yield from _unknown(path.id, (*path.about, *path.allows, *path.forbids), content)
        yield from (f"{path.id}: unknown question {name}" for name in path.denied if name not in content.questions)
        yield from _path_limits(path, content)


def _path_limits(path: SafePath, content: Content) -> Iterator[str]:
    if path.urgency not in BELOW_URGENT:
        yield f"{path.id}: a safe path leads below urgent"
    if not path.about:
        yield f"{path.id}: about nothing"
    if path.safety_net not in content.safety_nets:
        yield f"{path.id}: unknown safety net {path.safety_net}"
    if not path.age_y[0] < path.age_y[1]:
        yield f"{path.id}: no age fits"
