"""Runs ours and the peers over the same terms and messages and prints them side by side: `make bench-triage`.

SHORT=1 sends a tenth of the messages. Times are CPU of one thread, the least of five passes for every pipeline alike.
The last line is `RESULT …`; what could not run is said, and its figures are `nan`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.triage.letters import letters, terms
from triage.content import Content, load_content

HERE = Path(__file__).parent
PEERS = ("medspacy", "negspacy", "medcat")
MESSAGES, MANY = 1_000, 100_000
ROUNDS = 3
NAN = float("nan")
Figures = dict[str, Any]


def main(argv: Sequence[str]) -> int:
    """Every part in one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--environments", type=Path, help="the folder with an environment for each peer")
    chosen = parser.parse_args(argv)
    content = load_content()
    tenth = 10 if chosen.short else 1
    messages = list(letters(content, MESSAGES // tenth, seed=7))
    told = {
        "terms": terms(content),
        "cues": _cues(content),
        "messages": messages,
        "many": MANY // tenth,
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "told.json"
        file.write_text(json.dumps(told), encoding="utf-8")
        rounds = [_round(file, chosen.environments) for _ in range(1 if chosen.short else ROUNDS)]
    _table(rounds, messages)
    _result(rounds)
    return 0


def _cues(content: Content) -> dict[str, list[str]]:
    cues = content.cues("sv")
    return {
        "before": list(cues.negation_before.terms),
        "after": list(cues.negation_after.terms),
        "pseudo": list(cues.negation_pseudo),
        "stops": [text for text in cues.terminate if text.strip()],
    }


def _round(file: Path, environments: Path | None) -> dict[str, Figures | None]:
    """Every pipeline once, one after the other."""
    found = {"ours": _run([sys.executable, "-m", "benchmarks.triage.ours", str(file)])}
    for name in PEERS:
        python = environments / name / "bin" / "python" if environments else None
        known = python is not None and python.exists()
        found[name] = _run([str(python), str(HERE / "peer.py"), name, str(file)]) if known else None
    return found


def _run(command: list[str]) -> Figures | None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=1800, check=False)
    lines = done.stdout.splitlines()
    if done.returncode != 0 or not lines:
        print(f"{command[-2]}: could not run: {done.stderr.strip().splitlines()[-1:]}")
        return None
    figures: Figures = json.loads(lines[-1])
    return figures


def _middle(values: Sequence[float]) -> float:
    """The middle one of those that could be measured."""
    known = sorted(value for value in values if value == value)
    return known[len(known) // 2] if known else NAN


def _at(figures: Figures | None, share: float) -> float:
    return float(figures["ms"][int(len(figures["ms"]) * share)]) if figures else NAN


def _rate(figures: Figures | None) -> float:
    return 1e3 * len(figures["ms"]) / sum(figures["ms"]) if figures else NAN


def _negation_f1(figures: Figures | None, messages: list[dict[str, Any]]) -> float:
    """Over the places where we know whether what stands there is denied."""
    hit = false = missed = 0
    for row, read in zip(messages, figures["read"] if figures else (), strict=False):
        for start, end, _, denied in row["gold"]:
            said = any(no and begin < end and start < stop for begin, stop, no in read)
            hit += said and denied
            false += said and not denied
            missed += denied and not said
    return 2 * hit / (2 * hit + false + missed) if hit else 0.0


def _table(rounds: list[dict[str, Figures | None]], messages: list[dict[str, Any]]) -> None:
    print(f"{'pipeline':<10} {'docs/s':>8} {'p50 ms':>8} {'p99 ms':>8} {'negation F1':>12}")
    for name in ("ours", *PEERS):
        runs = [each[name] for each in rounds]
        rate, fifty, last = (
            _middle([measure(run) for run in runs])
            for measure in (_rate, lambda run: _at(run, 0.5), lambda run: _at(run, 0.99))
        )
        print(f"{name:<10} {rate:>8.0f} {fifty:>8.3f} {last:>8.3f} {_negation_f1(runs[0], messages):>12.3f}")
    ours = rounds[0]["ours"]
    if ours:
        print("ms by words:", *(f"{words}={ms:.2f}" for words, ms in ours["by_words"].items()))
        print("ms by rules:", *(f"{times}x={ms:.3f}" for times, ms in ours["by_rules"].items()))


def _ratio(rounds: list[dict[str, Figures | None]], name: str) -> float:
    """Median over the rounds of our messages a second to theirs."""
    return _middle([_rate(each["ours"]) / _rate(each[name]) for each in rounds])


def _result(rounds: list[dict[str, Figures | None]]) -> None:
    ours = [each["ours"] for each in rounds]

    def middle(key: str) -> float:
        return _middle([float(run[key]) if run else NAN for run in ours])

    figures = {
        "p50_ms": f"{_middle([_at(run, 0.5) for run in ours]):.3f}",
        "p99_ms": f"{_middle([_at(run, 0.99) for run in ours]):.3f}",
        **{f"ratio_{name}": f"{_ratio(rounds, name):.2f}" for name in PEERS},
        "novel_ms": f"{middle('novel_ms'):.2f}",
        "start_s": f"{_start_s():.2f}",
        "rss_mib": f"{middle('rss_mib'):.0f}",
        "growth_strings": f"{middle('growth_strings'):.0f}",
    }
    print("RESULT", *(f"{key}={value}" for key, value in figures.items()))


def _start_s() -> float:
    """From starting `fyr assess` to its first answer, the second time."""
    return [_started() for _ in range(2)][-1]


def _started() -> float:
    program = Path(sys.executable).parent / "fyr"
    began = time.perf_counter()
    with subprocess.Popen([program, "assess"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        run.stdin.write(b'{"id": 1, "text": "ont i halsen sedan i g\\u00e5r"}\n')
        run.stdin.close()
        run.stdout.readline()
        return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
