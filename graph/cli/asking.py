"""Questions to the library: `stats`, `search`, `paper`, `neighbours`, `path`, `communities`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from extract.records import stated
from graph.cli.options import json_option, library_option, open_graph
from graph.cli.printing import note, note_others, print_json, print_table, say
from graph.display import shorten
from graph.elements import PAPER_CONCEPT_RELATIONS, NodeKind, Relation

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from extract.records import Paper
    from graph.elements import Community, Edge, Node, Path, Step
    from graph.knowledge_graph import KnowledgeGraph

_CHARACTERS_OF_NAME = 100


@click.command()
@library_option
@json_option
def stats(library: FilePath, as_json: bool) -> None:
    """What the library holds: counts, types, leading concepts, dates, models."""
    with open_graph(library) as knowledge, knowledge.snapshot():
        found = knowledge.statistics()
    if as_json:
        print_json(
            {
                **found.counts,
                "min_confidence": found.min_confidence,
                "concepts_by_type": found.concepts_by_type,
                "edges_by_relation": found.edges_by_relation,
                "leading_concepts": [
                    {**_node_object(node), "papers": papers}
                    for node, papers in found.leading_concepts
                ],
                "seen_on": found.seen_on,
                "published": found.published,
                "papers_without_concepts": found.papers_without_concepts,
                "models": found.models,
                "pending": found.pending,
            }
        )
        return
    say(", ".join(f"{count:,} {name}" for name, count in found.counts.items()))
    if found.min_confidence:
        say(f"Left out: mentions and results of a confidence below {found.min_confidence:g}")
    say("Concepts: " + _counted(found.concepts_by_type))
    say("Edges: " + _counted(found.edges_by_relation))
    for name, span in (("Seen", found.seen_on), ("Published", found.published)):
        say(f"{name}: {span[0]} to {span[1]}" if span else f"{name}: no dates known")
    say(f"Papers without concepts: {found.papers_without_concepts:,}")
    say("Extracted by: " + _counted(found.models))
    if found.leading_concepts:
        say()
        print_table(
            ("papers", "type", "concept"),
            [(papers, node.type, node.name) for node, papers in found.leading_concepts],
        )


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@library_option
@json_option
def search(text: tuple[str, ...], limit: int, library: FilePath, as_json: bool) -> None:
    """Concepts and papers that hold all words of TEXT, concepts first."""
    with open_graph(library) as knowledge, knowledge.snapshot():
        hits = knowledge.search(" ".join(text), limit=limit)
    if as_json:
        print_json(
            [
                {"id": hit.id, "kind": hit.kind, "name": hit.name, "excerpt": hit.excerpt}
                for hit in hits
            ]
        )
    elif hits:
        print_table(
            ("kind", "id", "name"),
            [(hit.kind, hit.id, _cut(hit.name or hit.excerpt)) for hit in hits],
        )
    else:
        note("Nothing holds all these words. Try fewer, or the beginning of one.")


@click.command()
@click.argument("name")
@library_option
@json_option
def paper(name: str, library: FilePath, as_json: bool) -> None:
    """One paper, by title or id: its concepts with roles, its results, its sources."""
    with open_graph(library) as knowledge, knowledge.snapshot():
        match = knowledge.find(name, kind=NodeKind.PAPER)
        note_others(match)
        found = knowledge.library.paper(match.node.id)
        assert found is not None, "a node of kind Paper comes from the library"
        linked = _paper_concepts(knowledge, found.id)
        results = knowledge.results(found.id)
    if as_json:
        print_json(
            {
                **_paper_object(found),
                "concepts": [_neighbour_object(edge, node) for edge, node in linked],
                "results": [stated(result) for result in results],
            }
        )
        return
    say(found.title or "(no title)")
    say(f"{found.id}" + "".join(f"  {x}" for x in (found.published, found.url) if x))
    if found.seen_on:
        say(f"  first seen on {found.seen_on}")
    for source in found.sources:
        say(f"  from {source.file}:{source.line}")
    if linked:
        say()
        print_table(
            ("role", "type", "concept", "confidence"),
            [
                (e.relation.lower(), n.type, n.name, f"{_number(e, 'confidence'):.2f}")
                for e, n in linked
            ],
        )
    if results:
        say()
        print_table(
            ("value", "metric", "dataset", "method", "quote"),
            [
                (
                    ("Δ" if r.delta else "") + r.value + (f" {r.unit}" if r.unit else ""),
                    r.metric or "",
                    r.dataset or "",
                    r.method or "",
                    _cut(r.quote),
                )
                for r in results
            ],
        )


@click.command()
@click.argument("name")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@library_option
@json_option
def neighbours(name: str, limit: int | None, library: FilePath, as_json: bool) -> None:
    """What is linked to the paper or concept NAME, with the sentence that says so."""
    with open_graph(library) as knowledge, knowledge.snapshot():
        match = knowledge.find(name)
        note_others(match)
        linked = [
            (edge, node)
            for edge, node in knowledge.store.neighbours(match.node.id)
            if edge.relation in PAPER_CONCEPT_RELATIONS
        ]
    linked.sort(key=lambda pair: (pair[0].relation, -_number(pair[0], "confidence"), pair[1].id))
    shown = linked[:limit]
    if as_json:
        print_json([_neighbour_object(edge, node) for edge, node in shown])
        return
    say(f"{match.node.name} ({match.node.type or match.node.kind}, {match.node.id})")
    for edge, node in shown:
        say(f"  {edge.relation:<9} {_cut(node.name or node.id)}")
        say(f"            “{edge.properties.get('evidence', '')}”")
    if len(shown) < len(linked):
        note(f"{len(linked) - len(shown):,} more; --limit shows them.")


@click.command()
@click.argument("a")
@click.argument("b")
@click.option(
    "--limit", type=click.IntRange(1), default=3, show_default=True, help="At most so many paths."
)
@library_option
@json_option
def path(a: str, b: str, limit: int, library: FilePath, as_json: bool) -> None:
    """The shortest paths between the papers or concepts A and B, with the sentences on the way.

    \b
    paperkg path "BERT" "ImageNet"
    """
    with open_graph(library) as knowledge, knowledge.snapshot():
        for name in (a, b):
            note_others(knowledge.find(name))
        paths = knowledge.path(a, b, limit=limit)
    if as_json:
        print_json([[_step_object(step) for step in found.steps] for found in paths])
        return
    if not paths:
        note(f"No path: {a} and {b} are in parts of the graph that nothing connects.")
    for number, found in enumerate(paths, 1):
        say(f"{number}. {_length(found)}")
        say(f"   {found.start.name or found.start.id}")
        for step in found.steps:
            say(f"   {_arrow(step)} {step.target.name or step.target.id}")
            say(f"       “{step.evidence}”")


@click.command()
@click.option("--limit", type=click.IntRange(1), help="At most so many, the largest.")
@library_option
@json_option
def communities(limit: int | None, library: FilePath, as_json: bool) -> None:
    """Groups of papers and concepts that belong together, largest first."""
    with open_graph(library) as knowledge, knowledge.snapshot():
        found = knowledge.communities()[:limit]
        nodes = {node.id: node for node in knowledge.store.nodes()}
    if as_json:
        print_json([_community_object(community, nodes) for community in found])
        return
    print_table(
        ("papers", "concepts", "community", "typical paper"),
        [
            (
                len(community.papers),
                len(community.concepts),
                community.name,
                _cut(nodes[community.papers[0]].name, 60) if community.papers else "",
            )
            for community in found
        ],
    )


def _paper_concepts(knowledge: KnowledgeGraph, paper: str) -> list[tuple[Edge, Node]]:
    linked = knowledge.store.neighbours(paper, PAPER_CONCEPT_RELATIONS)
    order = list(Relation)
    return sorted(
        linked,
        key=lambda pair: (order.index(pair[0].relation), pair[1].type or "", pair[1].id),
    )


def _number(edge: Edge, name: str) -> float:
    value = edge.properties.get(name, 0.0)
    return float(value) if isinstance(value, int | float) else 0.0


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items()) or "none"


def _cut(text: str, length: int = _CHARACTERS_OF_NAME) -> str:
    return shorten(text, length) if text else ""


def _length(path: Path) -> str:
    steps = len(path.steps)
    return "the same thing" if not steps else f"{steps} step{'s' if steps > 1 else ''}"


def _arrow(step: Step) -> str:
    towards_concept = step.source.kind is NodeKind.PAPER
    return f"─{step.relation}→" if towards_concept else f"←{step.relation}─"


def _node_object(node: Node) -> dict[str, Any]:
    return {"id": node.id, "kind": node.kind.value, "name": node.name, "type": node.type}


def _neighbour_object(edge: Edge, node: Node) -> dict[str, Any]:
    return {
        **_node_object(node),
        "relation": edge.relation.value,
        "role": edge.relation.lower(),
        "confidence": edge.properties.get("confidence"),
        "count": edge.properties.get("count"),
        "evidence": edge.properties.get("evidence"),
    }


def _step_object(step: Step) -> dict[str, Any]:
    paper = step.source if step.source.kind is NodeKind.PAPER else step.target
    return {
        "from": step.source.name or step.source.id,
        "relation": step.relation.value,
        "to": step.target.name or step.target.id,
        "paper": paper.name or paper.id,
        "evidence": step.evidence,
        "from_id": step.source.id,
        "to_id": step.target.id,
        "paper_id": step.paper,
    }


def _community_object(community: Community, nodes: dict[str, Node]) -> dict[str, Any]:
    return {
        "id": community.id,
        "name": community.name,
        "size": len(community.papers) + len(community.concepts),
        "papers": [{"id": p, "title": nodes[p].name} for p in community.papers],
        "concepts": [
            {"id": c, "name": nodes[c].name, "type": nodes[c].type} for c in community.concepts
        ],
    }


def _paper_object(paper: Paper) -> dict[str, Any]:
    return {
        "id": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        "doi": paper.doi,
        "arxiv_id": paper.arxiv_id,
        "published": paper.published,
        "seen_on": paper.seen_on,
        "authors": list(paper.authors),
        "categories": list(paper.categories),
        "url": paper.url,
        "sources": [
            {"file": s.file, "line": s.line, "record_id": s.record_id} for s in paper.sources
        ],
    }
