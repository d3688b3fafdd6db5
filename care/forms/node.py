"""One element of a FHIR resource while it is read: what nobody takes is named by its path, and kept as it came."""

import itertools
import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
Json = dict[str, Any]
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class Unsupported(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a foreign form that we do not carry out."""

    path: str
    """Where it stands, as in FHIRPath: `Questionnaire.item[2].answerValueSet`."""
    changes: bool
    """True where the form asks something else without it: it must not be used as if it were whole."""


class Owner:
    """Whatever keeps the foreign parts found below it: a form or an item."""

    def __init__(self, path: str, named: list[Unsupported]) -> None:
        self.path = path
        self.named = named
        self.foreign: dict[str, str] = {}

    def keep(self, path: str, raw: object, *, changes: bool) -> None:
        """Name it, and keep it at its place."""
        self.named.append(Unsupported(path=path, changes=changes))
        self.foreign[path.removeprefix(self.path).lstrip(".")] = msgspec.json.encode(raw).decode()


HARMLESS = frozenset({"meta", "text", "identifier", "experimental", "contact", "useContext", "jurisdiction", "purpose"})
HARMLESS |= {"approvalDate", "lastReviewPeriod", "lastReviewDate", "effectivePeriod", "derivedFrom", "implicitRules"}
"""Elements that say something of the form, and nothing of what is asked."""


class Node:
    """An element: each part of it is taken once, and `close` names what is left."""

    def __init__(self, raw: Json, path: str, owner: Owner) -> None:
        self.path = path
        self.owner = owner
        self._left = dict(raw)
        extensions = self._left.pop("extension", [])
        self._extensions: dict[int, Any] = dict(enumerate(extensions if isinstance(extensions, list) else [extensions]))

    def take(self, name: str, kind: Any) -> Any:
        """The part of this name where it is of this kind; else it stays, and will be named."""
        try:
            found = msgspec.convert(self._left[name], kind)
        except (KeyError, msgspec.ValidationError):
            return None
        del self._left[name]
        return found

    def words(self, name: str, language: str) -> dict[str, str]:
        """A text with its translations."""
        text, beside = self.take(name, str), self._left.get(f"_{name}")
        words = {language: text} if text is not None else {}
        if not isinstance(beside, dict):
            return words
        inner = Node(self._left.pop(f"_{name}"), f"{self.path}._{name}", self.owner)
        for at in [
            at for at, one in inner._extensions.items() if isinstance(one, dict) and one.get("url") == TRANSLATION
        ]:
            told = _translated(inner._extensions[at])
            if told is not None and told[0] not in words:
                words[told[0]] = told[1]
                del inner._extensions[at]
        inner.close()
        return words

    def values(self, url: str, kind: type[T], *, named: str) -> list[T]:
        """The values of an extension, as far as each is nothing but a value of this kind."""
        found: list[T] = []
        for at in self._places(url):
            raw = self._extensions[at]
            try:
                value = msgspec.convert(raw.get(named), kind)
            except msgspec.ValidationError:
                continue
            if raw.keys() == {"url", named}:
                found.append(value)
                del self._extensions[at]
        return found

    def _places(self, url: str) -> list[int]:
        return [at for at, one in self._extensions.items() if isinstance(one, dict) and one.get("url") == url]

    def value(self, url: str, kind: type[T], *, named: str) -> T | None:
        """The same of an extension that there is one of."""
        before = dict(self._extensions)
        found = self.values(url, kind, named=named)
        if len(found) > 1:
            self._extensions = before
            return None
        return found[0] if found else None

    def children(self, name: str, *, owned: bool = False) -> "list[Node]":
        """The elements of a list. `owned`: each keeps what is foreign in it by itself."""
        raw = self.take(name, list[dict[str, Any]]) or []
        paths = [f"{self.path}.{name}[{at}]" for at in range(len(raw))]
        return [
            Node(one, path, Owner(path, self.owner.named) if owned else self.owner)
            for one, path in zip(raw, paths, strict=True)
        ]

    def put(self, name: str, raw: object) -> None:
        """Leave a part of it for whoever takes it next."""
        self._left[name] = raw

    @property
    def whole(self) -> Json:
        """What is left of it, as it came."""
        extensions = list(self._extensions.values())
        return {**self._left, **({"extension": extensions} if extensions else {})}

    def keys(self) -> set[str]:
        """The names of what is left."""
        return set(self._left)

    def close(self) -> None:
        """Name everything that nobody took."""
        for name, raw in self._left.items():
            plain = name.lstrip("_")
            self.owner.keep(f"{self.path}.{name}", raw, changes=plain not in HARMLESS and name != "id")
        for at, raw in self._extensions.items():
            self.owner.keep(f"{self.path}.extension[{at}]", raw, changes=False)


def _translated(raw: Json) -> tuple[str, str] | None:
    """The language and the words of a translation; None where it says anything else besides."""
    inner = raw.get("extension")
    if not isinstance(inner, list) or raw.keys() != {"url", "extension"} or len(inner) != 2:
        return None
    said = {
        one.get("url"): one.get("valueCode" if one.get("url") == "lang" else "valueString")
        for one in inner
        if isinstance(one, dict)
    }
    lang, content = said.get("lang"), said.get("content")
    return (lang, content) if isinstance(lang, str) and isinstance(content, str) else None


def put_back(resource: Json, foreign: Mapping[str, str]) -> None:
    """What was foreign, at its place again; in a list that has become shorter, at its end."""
    for path, text in foreign.items():
        steps = [name or int(at) for name, at in _STEP.findall(path)]
        _put(resource, steps, msgspec.json.decode(text))


def _put(into: Any, steps: list[str | int], value: object) -> None:
    for step, following in itertools.pairwise(steps):
        into = _stepped(into, step, [] if isinstance(following, int) else {})
    last = steps[-1]
    if isinstance(last, str):
        into[last] = value
    else:
        into.insert(last if len(steps) > 1 and steps[-2] != "extension" else len(into), value)


def _stepped(into: Any, step: str | int, empty: Any) -> Any:
    if isinstance(step, str):
        return into.setdefault(step, empty)
    if step >= len(into):
        into.append(empty)
        return empty
    return into[step]
