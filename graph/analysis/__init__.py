"""What a graph says as a whole: functions on a `KnowledgeGraph` that give rows or plain values.

Rows are dictionaries by column, as those of `KnowledgeGraph.query`: `pandas.DataFrame(rows)` makes
a table of them. Each function's docstring says what its numbers mean, and what not.

trials.py              which methods papers try on which datasets
matrix.py              how many papers do: `method_dataset_matrix`
link_prediction.py     pairs that none has yet: `missing_links`
held_out.py            how good these are: `hits_at`
lift.py                pairs in the same papers: `co_occurring_concepts`
betweenness.py         what holds the graph together: `bridging_concepts`
community_report.py    what communities are about: `community_reports`
comparable_results.py  results side by side: `leaderboards`
dates.py, rising.py    periods, and what grows between them: `rising_concepts`
named_queries.py       `similar_papers`, `paths_around_hubs`
"""

from graph.analysis.betweenness import bridging_concepts
from graph.analysis.community_report import CommunityReport, community_reports
from graph.analysis.comparable_results import leaderboards
from graph.analysis.held_out import HeldOut, hits_at
from graph.analysis.lift import co_occurring_concepts
from graph.analysis.link_prediction import missing_links
from graph.analysis.matrix import Matrix, method_dataset_matrix
from graph.analysis.named_queries import paths_around_hubs, similar_papers
from graph.analysis.rising import rising_concepts

__all__ = [
    "CommunityReport",
    "HeldOut",
    "Matrix",
    "bridging_concepts",
    "co_occurring_concepts",
    "community_reports",
    "hits_at",
    "leaderboards",
    "method_dataset_matrix",
    "missing_links",
    "paths_around_hubs",
    "rising_concepts",
    "similar_papers",
]
