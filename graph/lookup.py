"""Finding the paper or concept that a user means by a name."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz, process

from extract.errors import NameNotFoundError, UsageError
from graph.elements import NodeKind
from graph.words import holds, lower, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from graph.elements import Node

    Step = Literal["id", "name", "alias", "title", "words"]

    _Spellings = dict[str, list[tuple[str, Node]]]
    """What is written so, case aside: spelling and node, the best node first."""

_SUGGESTIONS = 5
_CONSIDERED = 10 * _SUGGESTIONS  # several spellings may suggest one node
_LEAST_LIKENESS = 70.0  # 0 to 100; what is less like it puzzles more than it helps
_SHORT = 5  # characters
_LONGEST_SUGGESTION = 200  # characters; whoever types more has copied it


@dataclass(frozen=True, slots=True)
class Match:
    """What a name was found to mean.

    Attributes:
        node: the best match.
        others: what else has the name at this step, and what has it exactly so at a later one, to
            be told to the user: in the order of the steps, concepts of more papers first.
        step: what matched: the `id` of the node (or a paper's DOI or arXiv id), the display `name`
            of a concept, an `alias` of one, the `title` of a paper, or the `words` of one.
    """

    node: Node
    others: tuple[Node, ...]
    step: Step


class NameIndex:
    """Finds nodes by name; made once for many questions.

    >>> from graph.elements import Node
    >>> bert = Node("method/bert", NodeKind.CONCEPT, "BERT", "Method", {"papers": 3})
    >>> names = NameIndex([bert, Node("p1", NodeKind.PAPER, "Well-read BERT")])
    >>> names.find("bert").node.id, names.find("well-read bert").step
    ('method/bert', 'title')
    >>> names.find("BRET")
    Traceback (most recent call last):
    extract.errors.NameNotFoundError: No paper or concept is named 'BRET'. Did you mean 'BERT'?
    """

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._by_id: dict[str, Node] = {}
        self._names: _Spellings = defaultdict(list)
        self._aliases: _Spellings = defaultdict(list)
        self._titles: _Spellings = defaultdict(list)
        self._suggestible: list[tuple[str, str, Node]] = []
        for node in sorted(nodes, key=_rank):
            self._add(node)

    def find(self, name: str) -> Match:
        """The node of that name and the others that have it too.

        Ids are looked through first (only they find results), then display names of concepts,
        aliases, and titles of papers; names each as they are written, then with case, runs of white
        space and Unicode's compatible forms (NFKC) set aside.

        Args:
            name: as the user gives it; white space at its ends does not matter.

        Raises:
            NameNotFoundError: nothing has the name. Its suggestions are up to five names, aliases
                and titles, one a node, those most like it first.
        """
        wanted = name.strip()
        # Both DOIs and arXiv ids are kept in lower case.
        by_id = self._by_id.get(wanted) or self._by_id.get(wanted.lower())
        if by_id is not None:
            return Match(by_id, (), "id")
        key = _set_case_aside(wanted)
        steps: tuple[tuple[Step, _Spellings], ...] = (
            ("name", self._names),
            ("alias", self._aliases),
            ("title", self._titles),
        )
        # By id: one node may have the name at several steps, or aliases that differ in case.
        found: dict[str, Node] = {}
        matched: Step | None = None
        for step, spellings in steps:
            alike = spellings.get(key, [])
            equal = [node for spelling, node in alike if spelling == wanted]
            if matched is None and alike:
                matched, equal = step, equal or [node for _, node in alike]
            for node in equal:
                found.setdefault(node.id, node)
        if matched is None:
            raise NameNotFoundError(name, tuple(self._suggestions(key)))
        node, *others = found.values()
        return Match(node, tuple(others), matched)

    def _add(self, node: Node) -> None:
        self._by_id[node.id] = node
        if node.kind is NodeKind.PAPER:
            for number in ("doi", "arxiv_id"):
                if number in node.properties:
                    self._by_id.setdefault(str(node.properties[number]), node)
            self._add_spelling(self._titles, node.name, node)
        elif node.kind is NodeKind.CONCEPT:
            self._add_spelling(self._names, node.name, node)
            for alias in _aliases(node):
                if alias != node.name:
                    self._add_spelling(self._aliases, alias, node)

    def _add_spelling(self, spellings: _Spellings, spelling: str, node: Node) -> None:
        key = _set_case_aside(spelling)
        if key:
            spellings[key].append((spelling, node))
            if len(key) <= _LONGEST_SUGGESTION:
                self._suggestible.append((key, spelling, node))

    def _suggestions(self, key: str) -> Iterator[str]:
        if not 0 < len(key) <= _LONGEST_SUGGESTION:
            return
        likely = process.extract(
            key,
            [candidate for candidate, _, _ in self._suggestible],
            # A short name is a part of too many long ones for that to mean anything.
            scorer=fuzz.WRatio if len(key) > _SHORT else fuzz.ratio,
            limit=_CONSIDERED,
            score_cutoff=_LEAST_LIKENESS,
        )
        suggested: set[str] = set()
        for _, _, place in likely:
            _, spelling, node = self._suggestible[place]
            if node.id not in suggested and len(suggested) < _SUGGESTIONS:
                suggested.add(node.id)
                yield spelling


def find(name: str, nodes: Iterable[Node]) -> Match:
    """One question to a `NameIndex` that is thrown away."""
    return NameIndex(nodes).find(name)


class Names:
    """Finds the papers and concepts of one graph by name, of any kind or of one."""

    def __init__(self, nodes: Callable[[NodeKind | None], Iterable[Node]]) -> None:
        """Nothing is indexed yet.

        Args:
            nodes: those of a kind, or all; asked once a kind.
        """
        self._nodes = nodes
        self._indexes: dict[NodeKind | None, NameIndex] = {}

    def find(self, name: str, *, kind: NodeKind | None = None) -> Match:
        """The node of that name and kind.

        Args:
            name: as in `NameIndex.find`.
            kind: None for any.

        Raises:
            NameNotFoundError: nothing has the name; its suggestions do exist.
            UsageError: what has the name is of another kind.
        """
        try:
            return self._index(kind).find(name)
        except NameNotFoundError as missing:
            try:
                other = self._index(None).find(name).node
            except NameNotFoundError:
                raise missing from None
            raise UsageError(
                f"{name!r} is a {other.kind.lower()} ({other.id}), not a {str(kind).lower()}. "
                f"`paperkg neighbours {other.id}` shows what is linked to it."
            ) from None

    def find_paper(self, name: str) -> Match:
        """The paper of that title or id, or else the one whose title holds all words of `name`.

        Args:
            name: a title, an id, or words that `graph.words.words_of` tells apart. Of several
                papers that hold them the one of the shortest title is taken, then of the least id.

        Raises:
            NameNotFoundError: there is no such paper; the suggestions are titles.
            UsageError: what has the name is a concept.
        """
        try:
            return self._index(NodeKind.PAPER).find(name)
        except NameNotFoundError:
            words = words_of(" ".join(name.split()))
            holders = sorted(
                (
                    node
                    for node in self._nodes(NodeKind.PAPER)
                    if words and _holds_all(node.name, words)
                ),
                key=lambda node: (len(node.name), node.id),
            )
            if not holders:
                return self.find(name, kind=NodeKind.PAPER)
            return Match(holders[0], tuple(holders[1:]), "words")

    def _index(self, kind: NodeKind | None) -> NameIndex:
        if kind not in self._indexes:
            self._indexes[kind] = NameIndex(self._nodes(kind))
        return self._indexes[kind]


def _holds_all(title: str, words: list[str]) -> bool:
    folded = lower(title)
    return all(holds(folded, word) for word in words)


def _rank(node: Node) -> tuple[bool, int, str]:
    """Sorts concepts before all else, of more papers first, then by id."""
    papers = node.properties.get("papers", 0)
    return node.kind is not NodeKind.CONCEPT, -papers if isinstance(papers, int) else 0, node.id


def _aliases(node: Node) -> tuple[str, ...]:
    aliases = node.properties.get("aliases", ())
    return aliases if isinstance(aliases, tuple) else ()


def _set_case_aside(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(text.casefold().split())
