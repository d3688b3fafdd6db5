"""How long something took, in the words of people: never "2880 minutes"."""

from core.transcript.line import Lang, Sentence

HOUR_MIN, DAY_MIN = 60, 24 * 60
SPANS: tuple[tuple[int, Sentence], ...] = (
    (DAY_MIN, Sentence("{n} dygn", "{n} døgn", "{n} days")),
    (HOUR_MIN, Sentence("{n} timmar", "{n} timer", "{n} hours")),
    (1, Sentence("{n} min", "{n} min", "{n} min")),
)


def span_words(minutes: int, lang: Lang) -> str:
    """Whole minutes below two hours, whole hours below two days, then days; what is left over is left out."""
    size, words = next((row for row in SPANS if minutes >= 2 * row[0]), SPANS[-1])
    return words(lang, n=minutes // size)
