"""Times the atlas of a generated graph: `python -m tests.benchmarks.atlas --papers 100000`.

The graph is seeded: papers in topics of Zipf's sizes, concepts that few papers or thousands share,
abstracts and sentences of words as frequent as those of a language. Communities are found before
the clock starts, since a library holds them. CPU seconds, so that other processes do not count.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from itertools import accumulate
from pathlib import Path

from graph.atlas.page import draw_atlas
from graph.communities import find_communities
from graph.elements import Edge, Node, NodeKind, Relation, Value

_TYPES = ("Method", "Method", "Method", "Dataset", "Metric", "Task")
_RELATIONS = {
    "Method": Relation.USES,
    "Dataset": Relation.EVALUATES,
    "Metric": Relation.REPORTS,
    "Task": Relation.ADDRESSES,
}


class Generator:
    """Makes a graph that looks like that of a corpus."""

    def __init__(self, papers: int, seed: int) -> None:
        self.papers = papers
        self.rng = random.Random(seed)
        self.words = [
            "".join(self.rng.choices("aeioubdfgklmnprst", k=n % 9 + 2)) for n in range(9_999)
        ]
        self.word_weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        shared = max(20, 3 * papers // 2)
        self.topics = max(2, papers // 500)
        self.concepts = [self.concept(f"shared-{i}", i) for i in range(shared)]
        # Concept i belongs to topic i modulo the number of topics; the first ones are the hubs.
        per_topic = shared // self.topics
        self.hub_weights = list(accumulate(1 / (rank + 1) for rank in range(shared)))
        self.topic_weights = list(accumulate(1 / (rank + 2) ** 0.9 for rank in range(per_topic)))

    def text(self, words: int) -> str:
        """So many words of Zipf's frequencies."""
        return " ".join(self.rng.choices(self.words, cum_weights=self.word_weights, k=words))

    def concept(self, key: str, number: int) -> Node:
        """A concept with a name of two words."""
        type_ = _TYPES[number % len(_TYPES)]
        name = self.text(2)
        properties: dict[str, Value] = {
            "aliases": (name, name.title()),
            "papers": 1,
            "ambiguous": False,
        }
        return Node(f"{type_.lower()}/{key}", NodeKind.CONCEPT, name, type_, properties)

    def graph(self) -> tuple[list[Node], list[Edge]]:
        """Papers with some 13 concepts each, of which 3 are their own, and 0.8 results."""
        nodes, edges = list(self.concepts), []
        for number in range(self.papers):
            date = f"{2015 + number % 10}-{number % 12 + 1:02d}-15"
            properties: dict[str, Value] = {
                "abstract": self.text(190),
                "published": date,
                "authors": ("A. B.",) * 4,
            }
            id_ = f"p{self.rng.getrandbits(64):016x}"
            nodes.append(Node(id_, NodeKind.PAPER, self.text(9), None, properties))
            own = [self.concept(f"own-{number}-{i}", i) for i in range(3)]
            nodes += own
            sentences = [self.text(22) for _ in range(6)]
            for concept in (*own, *self.chosen(number % self.topics)):
                evidence: dict[str, Value] = {
                    "confidence": round(self.rng.uniform(0.4, 1), 2),
                    "count": 1,
                    "evidence": self.rng.choice(sentences),
                }
                relation = _RELATIONS[concept.type or "Method"]
                edges.append(Edge(id_, relation, concept.id, evidence))
            if number % 5:
                edges += self.result(nodes, id_, own[0].id, sentences[0])
        linked = {edge.target for edge in edges}
        return [n for n in nodes if n.kind is not NodeKind.CONCEPT or n.id in linked], edges

    def chosen(self, topic: int) -> list[Node]:
        """Some ten shared concepts: eight of the topic, two of all."""
        rng, concepts = self.rng, self.concepts
        ranks = rng.choices(range(len(self.topic_weights)), cum_weights=self.topic_weights, k=8)
        places = {topic + rank * self.topics for rank in ranks}
        places.update(rng.choices(range(len(concepts)), cum_weights=self.hub_weights, k=2))
        return [concepts[place] for place in sorted(places)]

    def result(self, nodes: list[Node], paper: str, method: str, quote: str) -> list[Edge]:
        """A result of a paper's own method."""
        node = Node(f"r{paper[1:]}", NodeKind.RESULT, "84.3%", None, {"quote": quote})
        nodes.append(node)
        return [
            Edge(paper, Relation.STATES, node.id),
            Edge(node.id, Relation.OF_METHOD, method),
        ]


def _peak() -> float:
    """Gigabytes that this process has held at most; Linux counts in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    """Print sizes and times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, help="also write the page there")
    arguments = parser.parse_args()
    nodes, edges = Generator(arguments.papers, arguments.seed).graph()
    communities = find_communities(nodes, edges)
    print(f"{len(nodes):,} nodes, {len(edges):,} edges, {len(communities):,} communities")
    print(f"peak memory before drawing {_peak():.1f} GB")
    started = time.process_time()
    page = draw_atlas(nodes, edges, communities)
    print(f"drawn in {time.process_time() - started:.1f} CPU s, {len(page) / 1e6:.1f} MB of HTML")
    print(f"peak memory {_peak():.1f} GB")
    if arguments.output:
        arguments.output.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
