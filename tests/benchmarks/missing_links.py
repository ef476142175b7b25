"""How well missing links are foretold: `python -m tests.benchmarks.missing_links LIBRARY...`.

For each library a table: hits@10 and mean reciprocal rank of `graph.analysis.missing_links` and of
simple scorers, on the links of held-out papers; mean over several splits, and over the splits the
least and the greatest difference to the best of the simple scorers.
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict

from graph import KnowledgeGraph, analysis
from graph.queries.rows import number_in

OURS = "missing links"


def measure(path: str, seeds: range) -> None:
    """Print the table of one library."""
    hits: dict[str, list[float]] = defaultdict(list)
    ranks: dict[str, list[float]] = defaultdict(list)
    links = []
    with KnowledgeGraph.open(path) as knowledge:
        for seed in seeds:
            found = analysis.hits_at(knowledge, 10, seed=seed)
            links.append(found.links)
            for row in found.rows:
                hits[str(row["scorer"])].append(number_in(row, "hits"))
                ranks[str(row["scorer"])].append(number_in(row, "mean_reciprocal_rank"))
    print(
        f"{path}: {found.known + found.held_out:,} papers, {found.held_out:,} held out "
        f"({found.split.partition(' (')[0]}), {min(links)} to {max(links)} links, "
        f"{found.datasets:,} datasets, {len(seeds)} splits"
    )
    for scorer in hits:
        print(
            f"  {scorer:<18} hits@10 {statistics.mean(hits[scorer]):.3f}"
            f"  mean reciprocal rank {statistics.mean(ranks[scorer]):.3f}"
        )
    best = max((name for name in hits if name != OURS), key=lambda name: sum(hits[name]))
    gains = [ours - other for ours, other in zip(hits[OURS], hits[best], strict=True)]
    print(f"  against {best}: {min(gains):+.3f} to {max(gains):+.3f}")


def main() -> None:
    """Measure every library named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("libraries", nargs="+")
    parser.add_argument("--seeds", type=int, nargs=2, default=(100, 110), metavar=("FROM", "TO"))
    arguments = parser.parse_args()
    for path in arguments.libraries:
        measure(path, range(*arguments.seeds))


if __name__ == "__main__":
    main()
