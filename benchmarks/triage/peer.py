"""Another pipeline over the same terms, in an environment of its own: it imports nothing of ours.

`python peer.py NAME FILE`: reads terms, cues and messages from FILE, prints one line of JSON.
"""

import json
import logging
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
PASSES = 5
Read = Callable[[str], list[tuple[int, int, bool]]]


def medspacy(told: dict[str, Any]) -> Read:
    """Target matcher and ConText, with our own cues."""
    import_module("medspacy")  # registers its components
    rule_of, target_of = _of("medspacy.context", "ConTextRule"), _of("medspacy.ner", "TargetRule")
    nlp = _of("spacy", "blank")("sv")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("medspacy_target_matcher").add([target_of(text, "SYMPTOM") for _, text in told["terms"]])
    context = nlp.add_pipe("medspacy_context", config={"rules": None})
    cues = told["cues"]
    rules = [rule_of(text, "NEGATED_EXISTENCE", direction="FORWARD", max_scope=6) for text in cues["before"]]
    rules += [rule_of(text, "NEGATED_EXISTENCE", direction="BACKWARD", max_scope=4) for text in cues["after"]]
    rules += [rule_of(text, "NEGATED_EXISTENCE", direction="PSEUDO") for text in cues["pseudo"]]
    rules += [rule_of(text, "CONJ", direction="TERMINATE") for text in cues["stops"]]
    context.add(rules)
    return lambda text: [(ent.start_char, ent.end_char, ent._.is_negated) for ent in nlp(text).ents]


def negspacy(told: dict[str, Any]) -> Read:
    """Entity ruler and negex, with our own cues."""
    import_module("negspacy.negation")  # registers its component
    nlp = _of("spacy", "blank")("sv")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "SYMPTOM", "pattern": text} for _, text in told["terms"]])
    cues = told["cues"]
    termset = {
        "pseudo_negations": cues["pseudo"],
        "preceding_negations": cues["before"],
        "following_negations": cues["after"],
        "termination": cues["stops"],
    }
    nlp.add_pipe("negex", config={"neg_termset": termset})
    return lambda text: [(ent.start_char, ent.end_char, ent._.negex) for ent in nlp(text).ents]


def medcat(told: dict[str, Any]) -> Read:
    """Its own dictionary of the same terms; the small pipeline without a model says nothing of negation."""
    config = _of("medcat.config", "Config")()
    config.general.nlp.provider = "regex"
    columns = ("ontologies", "name_status", "type_ids", "description")
    rows = [{"cui": concept, "name": text, **dict.fromkeys(columns, "P")} for concept, text in told["terms"]]
    base = _of("medcat.model_creation.cdb_maker", "CDBMaker")(config).prepare_csvs([_of("pandas", "DataFrame")(rows)])
    linking = config.components.linking
    linking.train, linking.similarity_threshold, linking.train_count_threshold = False, -1, -1
    cat = _of("medcat.cat", "CAT")(base, _of("medcat.vocab", "Vocab")(), config)
    return lambda text: [(ent["start"], ent["end"], False) for ent in cat.get_entities(text)["entities"].values()]


def _of(module: str, name: str) -> Any:
    """Something of a package that only this environment has."""
    return getattr(import_module(module), name)


def main() -> None:
    """Build, read every message a few times, say how long it took and what was found."""
    name, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        told = json.load(file)
    read = {"medspacy": medspacy, "negspacy": negspacy, "medcat": medcat}[name](told)
    texts = [row["text"] for row in told["messages"]]
    for text in texts[:50]:
        read(text)
    times = sorted(_least(read, text) for text in texts)
    print(json.dumps({"ms": [each * 1e3 for each in times], "read": [read(text) for text in texts]}))


def _least(read: Read, text: str) -> float:
    """Seconds of CPU, the least of a few passes: what others do on this machine is not the pipeline's doing."""
    least = float("inf")
    for _ in range(PASSES):
        began = time.thread_time()
        read(text)
        least = min(least, time.thread_time() - began)
    return least


if __name__ == "__main__":
    main()
