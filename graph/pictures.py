"""Pictures by what was asked for: the whole graph, round a name, between two, one community."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from extract.errors import NameNotFoundError, UsageError
from extract.records import fold
from graph import views
from graph.html_document import HtmlDocument

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from graph.elements import Community
    from graph.knowledge_graph import KnowledgeGraph
    from graph.views import View

MAX_NODES = 300
"""What fits a picture that can be read."""

_SUGGESTIONS = 3
_LEAST_LIKENESS = 70.0  # 0 to 100


def show(
    knowledge: KnowledgeGraph,
    file: str | PathLike[str] | None = None,
    *,
    around: str | None = None,
    depth: int = 2,
    path: tuple[str, str] | None = None,
    limit: int = 3,
    community: str | None = None,
    max_nodes: int | None = None,
    seed: int = 0,
    height: int = 640,
) -> HtmlDocument:
    """A picture of the graph, or of one part of it, as a self-contained HTML document.

    Args:
        knowledge: the graph.
        file: also write it there.
        around, depth: the part within so many steps of a paper or concept of this name.
        path, limit: the part between two names: at most so many of the shortest paths.
        community: the part that is a community, by its id, its name or that of a member.
        max_nodes: with around or community: above this, 300 where None, the strongest stand for
            the rest, and the picture says so.
        seed: of the layout.
        height: in a notebook, in CSS pixels.

    Returns:
        What notebooks show; `html` and `save(path)` are for the rest.

    Raises:
        NameNotFoundError: nothing has one of the names.
        UsageError: more than one part was asked for, a number is out of range or of no use, there
            is nothing to draw, or the place cannot be written.
    """
    if sum(part is not None for part in (around, path, community)) > 1:
        raise UsageError("A picture shows one part: give one of around, path and community.")
    if max_nodes is not None and around is None and community is None:
        raise UsageError(
            "max_nodes is for around and community: a path is drawn with all its nodes, and the "
            "atlas shows the whole graph."
        )
    most = MAX_NODES if max_nodes is None else max_nodes
    with knowledge.snapshot():
        if around is not None:
            middle = knowledge.find(around).node
            view = views.around(knowledge.store, middle, depth=depth, max_nodes=most)
            document = _drawn(knowledge, view, seed=seed, height=height)
        elif path is not None:
            document = _drawn(knowledge, _between(knowledge, path, limit), seed=seed, height=height)
        elif community is not None:
            found = find_community(knowledge, community)
            view = views.within(knowledge.store, found, max_nodes=most)
            document = _drawn(knowledge, view, seed=seed, height=height)
        else:
            document = _whole(knowledge, seed=seed, height=height)
    if file is not None:
        document.save(file)
    return document


def find_community(knowledge: KnowledgeGraph, name: str) -> Community:
    """The community of that id or name, or else that of the paper or concept of that name.

    Raises:
        NameNotFoundError: nothing has the name; its suggestions do exist.
        UsageError: the paper or concept is in no community.
    """
    found = knowledge.communities()
    wanted = name.strip()
    for matches in (
        [community for community in found if wanted in (community.id, community.name)],
        [community for community in found if fold(wanted) and fold(community.name) == fold(wanted)],
    ):
        if matches:
            return matches[0]
    try:
        node = knowledge.find(name).node
    except NameNotFoundError as missing:
        raise NameNotFoundError(name, _alike(name, found) or missing.suggestions) from None
    home = node.properties.get("community")
    for community in found:
        if community.id == home:
            return community
    raise UsageError(
        f"{node.name!r} ({node.id}) is in no community: it shares too little with others. "
        "`paperkg communities` lists those that there are."
    )


def _alike(name: str, communities: Sequence[Community]) -> tuple[str, ...]:
    """Names of communities that hold the words of `name`, or nearly so."""
    names = [community.name for community in communities]
    likely = process.extract(
        fold(name[:200]),
        list(map(fold, names)),
        scorer=fuzz.token_set_ratio,
        limit=_SUGGESTIONS,
        score_cutoff=_LEAST_LIKENESS,
    )
    return tuple(names[place] for _, _, place in likely)


def _between(knowledge: KnowledgeGraph, ends: Sequence[str], limit: int) -> View:
    """The view of the paths between two names."""
    if isinstance(ends, str) or len(ends) != 2:
        raise UsageError(
            f"A path has two ends, got {ends!r}: give path=('BERT', 'ImageNet'). A file to write "
            "to is the first argument, without a name."
        )
    # One more than wanted tells whether there are more.
    paths = knowledge.path(*ends, limit=limit + 1 if limit > 0 else limit)
    if not paths:
        raise UsageError(
            f"There is no path to draw: {ends[0]!r} and {ends[1]!r} are in parts of the graph "
            "that nothing connects. `paperkg show --around NAME` shows one of them."
        )
    return views.between(knowledge.store, paths[:limit], more=len(paths) > limit)


def _drawn(knowledge: KnowledgeGraph, view: View, *, seed: int, height: int) -> HtmlDocument:
    from graph.picture import draw

    return HtmlDocument(view.title, draw(view, knowledge.communities(), seed=seed), height)


def _whole(knowledge: KnowledgeGraph, *, seed: int, height: int) -> HtmlDocument:
    """The whole graph: the atlas."""
    from graph.atlas.page import draw_atlas
    from graph.atlas.texts import MANY_PAPERS, marks_of

    title = "Papers and their concepts"
    # Of so many papers the abstracts, where mentions are marked, stay out.
    mentions = knowledge.mentions() if knowledge.library.paper_count() <= MANY_PAPERS else []
    page = draw_atlas(
        knowledge.store.nodes(),
        knowledge.store.edges(),
        knowledge.communities(),
        marks_of(mentions, knowledge.library.concept_of()),
        title=title,
        seed=seed,
    )
    return HtmlDocument(title, page, height)
