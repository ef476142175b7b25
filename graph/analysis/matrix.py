"""How many papers try which method on which dataset, as a table and as a heat map."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.errors import UsageError
from graph.analysis.trials import TRIES_ON, papers_with_trials
from graph.queries.rows import first

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from graph.elements import Node, Relation
    from graph.html_document import HtmlDocument
    from graph.knowledge_graph import KnowledgeGraph
    from graph.networkx_store import NetworkXStore
    from graph.queries.rows import Row

_WHAT_IT_MEANS = (
    "Papers that work with the method (propose, use, compare or study it) and evaluate or train on "
    "the dataset. An abstract seldom says that the one was run on the other."
)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Papers by method and dataset.

    Attributes:
        methods: the rows.
        datasets: the columns.
        papers: for each method, for each dataset, how many papers try the one on the other.
    """

    methods: tuple[Node, ...]
    datasets: tuple[Node, ...]
    papers: tuple[tuple[int, ...], ...]

    def rows(self) -> list[Row]:
        """A row a method: `method_id`, `method`, and the papers in a column for each dataset.

        A column is called by the dataset's name, by its id where two have that name.
        """
        columns = _column_names(self.datasets)
        return [
            {"method_id": method.id, "method": method.name}
            | dict(zip(columns, papers, strict=True))
            for method, papers in zip(self.methods, self.papers, strict=True)
        ]

    def heat_map(self) -> HtmlDocument:
        """The table as a picture: darker where there are more papers.

        Raises:
            UsageError: it is empty.
        """
        # matplotlib takes a while to load: only who draws pays.
        from graph.charts import chart_document, heat_map

        if not self.methods:
            raise UsageError(
                "There is nothing to draw: no paper here tries a method on a dataset. More papers "
                "may change that."
            )
        title = "Methods and the datasets they are tried on"
        methods, datasets = (
            [node.name for node in nodes] for nodes in (self.methods, self.datasets)
        )
        chart = heat_map(methods, datasets, self.papers, title=title)
        return chart_document(title, chart, _WHAT_IT_MEANS)


def method_dataset_matrix(
    knowledge: KnowledgeGraph, *, methods: int = 15, datasets: int = 15
) -> Matrix:
    """How many papers try which method on which dataset.

    The number in a cell counts the papers that work with the method (propose, use, compare or study
    it) and evaluate or train on the dataset. An abstract seldom says that the one was run on the
    other; `list_evaluations` gives the papers of a cell with their sentences.

    Args:
        knowledge: the graph.
        methods, datasets: at most so many rows and columns, 1 or more. Datasets are those on which
            most papers try a method; methods are those that most papers try on one of these.

    Raises:
        UsageError: a number is less than 1.
    """
    if methods < 1 or datasets < 1:
        raise UsageError(
            f"A table of {methods} methods and {datasets} datasets was asked for; give 1 or more."
        )
    return count_trials(knowledge.store, TRIES_ON, methods=methods, datasets=datasets)


def count_trials(
    store: NetworkXStore, tries_on: Collection[Relation], *, methods: int, datasets: int
) -> Matrix:
    """As `method_dataset_matrix`, by these relations to a dataset."""
    papers = [
        paper for paper in papers_with_trials(store, tries_on) if paper.methods and paper.datasets
    ]
    columns = _most(Counter(d for paper in papers for d in paper.datasets), datasets)
    tried = [(paper.methods, set(columns).intersection(paper.datasets)) for paper in papers]
    rows = _most(Counter(m for found, shown in tried if shown for m in found), methods)
    counts = Counter((m, d) for found, shown in tried for m in found for d in shown)
    return Matrix(
        tuple(map(store.node, rows)),
        tuple(map(store.node, columns)),
        tuple(tuple(counts[method, dataset] for dataset in columns) for method in rows),
    )


def _most(counts: Counter[str], limit: int) -> list[str]:
    return first(counts, limit, lambda id_: (-counts[id_], id_))


def _column_names(datasets: Sequence[Node]) -> list[str]:
    names = Counter(dataset.name for dataset in datasets)
    # What a row is called stands before the columns.
    taken = {name for name, count in names.items() if count > 1} | {"method_id", "method"}
    return [dataset.id if dataset.name in taken else dataset.name for dataset in datasets]
