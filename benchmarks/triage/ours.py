"""Our engine on the same messages: `python -m benchmarks.triage.ours FILE`, one line of JSON."""

import gc
import json
import random
import sys
import time
from pathlib import Path

from benchmarks.triage.letters import letters, misspelt
from benchmarks.triage.more_rules import with_rules
from triage.assess import assess, warm
from triage.case import Case, Statement
from triage.content import Content, load_content
from triage.pipeline.reading import readers

PASSES = 5
NOVEL_WORDS = 300
TIMES = (1, 4, 16)
OF_RULES = 200
"""Messages judged with more and more rules."""
MIB = 1024


def case_of(text: str) -> Case:
    """One message of a grown-up who writes Swedish."""
    return Case(statements=(Statement(text, lang="sv"),), age_y=40, ui_lang="sv")


def main() -> None:
    """Read and judge the messages, then a novel, then very many that were never seen before."""
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    content = load_content()
    warm(content)
    gc.collect()
    gc.freeze()
    texts = [row["text"] for row in told["messages"]]
    for text in texts[:50]:
        least(content, text)
    print(json.dumps({
        "ms": sorted(least(content, text) * 1e3 for text in texts),
        "read": [found(content, text) for text in texts],
        "novel_ms": least(content, novel(content, NOVEL_WORDS)) * 1e3,
        "by_words": {words: least(content, novel(content, words)) * 1e3 for words in (75, 150, 300, 600, 1200)},
        "growth_strings": growth(content, told["many"]),
        "rss_mib": rss_mib(),
        "by_rules": by_rules(content, texts[:OF_RULES]),
    }))  # fmt: skip


def least(content: Content, text: str) -> float:
    """Seconds of CPU for reading and rules, the least of a few passes; nothing is remembered between them."""
    case, fewest = case_of(text), float("inf")
    for _ in range(PASSES):
        readers(content).forget_texts()
        began = time.thread_time()
        assess(case, content)
        fewest = min(fewest, time.thread_time() - began)
    return fewest


def by_rules(content: Content, texts: list[str]) -> dict[int, float]:
    """Milliseconds a message, in the mean, with so many times the rules; one after the other for each message."""
    contents = {times: with_rules(content, times) for times in TIMES}
    for more in contents.values():
        for text in texts:
            assess(case_of(text), more)
    spent = dict.fromkeys(TIMES, 0.0)
    for text in texts:
        for times, more in contents.items():
            spent[times] += least(more, text) * 1e3 / len(texts)
    return spent


def found(content: Content, text: str) -> list[tuple[int, int, bool]]:
    """Where something was read, and whether it is denied."""
    return [(row.start, row.end, row.negated) for row in assess(case_of(text), content).findings]


def novel(content: Content, words: int) -> str:
    """One long message."""
    said = " . ".join(row["text"] for row in letters(content, words // 18 + 1, seed=words))
    return " ".join(said.split()[:words])


def growth(content: Content, many: int) -> int:
    """How many strings are kept after `many` messages with words nobody wrote before."""
    chance, store = random.Random(1), readers(content).lexicon("sv").nlp.vocab.strings
    before = len(store)
    for row in letters(content, many, seed=2):
        assess(case_of(misspelt(row["text"], chance)), content)
    return len(store) - before


def rss_mib() -> int:
    """Resident memory of this process."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // MIB


if __name__ == "__main__":
    main()
