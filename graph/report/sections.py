"""The parts of a report as sections of a page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from extract.records import ConceptType
from graph.analysis.dates import why_nothing_rises
from graph.charts import bar_chart, heat_map, line_chart
from graph.display import plural, shorten
from graph.report.markup import (
    NAME_LENGTH,
    details,
    figure,
    paragraph,
    quoted,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.analysis.community_report import CommunityReport
    from graph.analysis.comparable_results import Leaderboard, Stated
    from graph.analysis.rising import Rising
    from graph.elements import Node
    from graph.report.markup import Links
    from graph.report.parts import Content, Leading

_SOURCES = 12
_LINES = 6

_PLURALS: dict[str, str] = {
    ConceptType.METHOD: "Methods",
    ConceptType.DATASET: "Datasets",
    ConceptType.METRIC: "Metrics",
    ConceptType.TASK: "Tasks",
}


def corpus_section(content: Content) -> str:
    """How much there is, of when, and from where."""
    found = content.statistics
    counts = [
        [escape(name.capitalize()), f"{count:,}"]
        for name, count in found.counts.items()
        if name != "mentions"
    ]
    types = [[escape(name), f"{count:,}"] for name, count in found.concepts_by_type.items()]
    without = found.papers_without_concepts
    return "\n".join(
        (
            '<div class="side">',
            table("How much there is", ("What", "#Number"), [counts], kind="short"),
            table("Concepts by type", ("Type", "#Concepts"), [types], kind="short"),
            _sources(content),
            "</div>",
            paragraph(
                f"{plural(without, 'paper')} name{'s' if without == 1 else ''} no concept."
                if without
                else "",
                f"{plural(found.pending, 'paper')} more were read but are not in the graph yet: "
                "`paperkg build` completes it."
                if found.pending
                else "",
            ),
            "<h3>Dates</h3>",
            paragraph(*_dates(content)),
            _papers_over_time(content),
        )
    )


def _sources(content: Content) -> str:
    rows = [[f"<bdi>{escape(shorten(name, 80))}</bdi>", f"{n:,}"] for name, n in content.sources]
    more = len(rows) - _SOURCES
    body = table("Where they were read", ("File", "#Papers"), [rows[:_SOURCES]], kind="short")
    rest = paragraph(f"and {plural(more, 'more file')}.") if more > 0 else ""
    return f"<div>{body}{rest}</div>"


def _dates(content: Content) -> list[str]:
    """What is known of when papers are of, in sentences."""
    statistics, total = content.statistics, content.statistics.counts["papers"]
    sentences = []
    if statistics.published:
        first, last = statistics.published
        sentences.append(
            f"Published {first} to {last}: known for {content.published:,} of "
            f"{plural(total, 'paper')}."
        )
    if content.seen_only:
        sentences.append(
            f"Of {plural(content.seen_only, 'other paper' if content.published else 'paper')} only "
            "the day is known on which a page listed them, which is not when they were written."
        )
    undated = content.periods.undated
    if undated == total:
        sentences.append(
            "No paper has a known date. Pages that do not say their year can be read again with "
            "`paperkg build --year 2025 PAGES`."
        )
    elif undated:
        sentences.append(f"{plural(undated, 'paper')} without any known date.")
    return sentences


def _papers_over_time(content: Content) -> str:
    periods = content.periods
    if len(periods.counts) < 3:
        return ""
    chart = line_chart(
        [name for name, _ in periods.counts],
        {"papers": [float(count) for _, count in periods.counts]},
        title=f"Papers by {periods.unit}",
        unit="papers",
    )
    return figure(chart, f"Papers by {periods.unit}.")


def communities_section(content: Content, links: Links) -> str:
    """Groups of papers and concepts, with what leads them."""
    if not content.communities:
        return paragraph(
            "No community was found: too few papers share concepts. More papers, or "
            "`paperkg build`, may change that."
        )
    more = len(content.all_communities) - len(content.communities)
    chart = bar_chart(
        [(c.name, len(c.papers)) for c in content.all_communities[: len(content.communities)]],
        title="Papers of the largest communities",
        unit="papers",
    )
    return "\n".join(
        (
            paragraph(
                "Papers that share concepts make a community; it is named by the concepts that "
                "tell it from the others, not by its most common ones.",
                f"The {len(content.communities)} largest of {len(content.all_communities)}:"
                if more > 0
                else "",
            ),
            figure(chart, "Papers of each community."),
            '<div class="communities">',
            *(_community(community, links) for community in content.communities),
            "</div>",
        )
    )


def _community(found: CommunityReport, links: Links) -> str:
    community = found.community
    size = f"{plural(len(community.papers), 'paper')}, {plural(len(community.concepts), 'concept')}"
    leading = ", ".join(links.name(node.id, node.name) for node in found.leading)
    typical = "".join(
        f"<li>{links.name(node.id, node.name)}{_date_of(node)}</li>" for node in found.typical
    )
    results = "".join(f"<li>{_in_words(result, links)}</li>" for result in found.results)
    return "\n".join(
        (
            "<article>",
            f"<h3>{links.name(community.id, community.name, as_='community')}</h3>",
            paragraph(size + ".", kind="quiet"),
            f"<p><strong>Leading concepts:</strong> {leading}</p>" if leading else "",
            f"<p><strong>Typical papers</strong></p>\n<ul>{typical}</ul>" if typical else "",
            f"<p><strong>Some of their results</strong></p>\n<ul>{results}</ul>" if results else "",
            "</article>",
        )
    )


def _date_of(paper: Node) -> str:
    date = paper.properties.get("published")
    return f' <span class="quiet">{escape(shorten(str(date), 20))}</span>' if date else ""


def _in_words(result: Stated, links: Links) -> str:
    method, dataset, metric = (
        links.name(*end) if end else "" for end in (result.method, result.dataset, result.metric)
    )
    value = escape(shorten(result.value, 40))
    compared = " (a difference to a baseline)" if result.delta else ""
    return (
        f"{method}: {metric} {value}{compared} on {dataset}.<br>{quoted(result.quote)} "
        f'<span class="quiet">{links.name(result.paper, result.title)}</span>'
    )


def leading_section(content: Content, links: Links) -> str:
    """The most used concepts of each type, and which method is tried on which dataset."""
    parts = [
        paragraph(
            "How many papers name a concept, in whatever role; below each chart, how many in which."
        ),
        '<div class="charts">',
    ]
    for kind, entries in content.leading.items():
        if entries:
            parts.append(_leading(_PLURALS.get(kind, kind), entries, links))
    return "\n".join((*parts, "</div>", _matrix(content)))


def _leading(heading: str, entries: Sequence[Leading], links: Links) -> str:
    chart = bar_chart(
        [(entry.concept.name, entry.papers) for entry in entries],
        title=f"{heading} in most papers",
        unit="papers",
    )
    rows = [
        [
            links.name(entry.concept.id, entry.concept.name),
            f"{entry.papers:,}",
            escape(", ".join(f"{role} {count:,}" for role, count in entry.roles)),
        ]
        for entry in entries
    ]
    roles = table(
        f"{heading} in most papers", ("Name", "#Papers", "In which role"), [rows], kind="roles"
    )
    return (
        f"<article>\n<h3>{escape(heading)}</h3>\n{figure(chart, 'How many papers name them.')}\n"
        f"{details('In which role', roles)}\n</article>"
    )


def _matrix(content: Content) -> str:
    matrix = content.matrix
    if matrix is None:
        return ""
    chart = heat_map(
        [node.name for node in matrix.methods],
        [node.name for node in matrix.datasets],
        matrix.papers,
        title="Much-used methods and the datasets of the papers that work with them",
    )
    note = (
        "Papers that work with the method (propose, use, compare or study it) and evaluate on the "
        "dataset. An abstract seldom says that the one was run on the other."
    )
    return f"<h3>Methods and datasets</h3>\n{figure(chart, note)}"


def leaderboards_section(content: Content, links: Links) -> str:
    """Results that can be compared, and an honest word on those that cannot."""
    counts = content.results
    lines = [
        paragraph(
            f"The abstracts state {plural(counts.stated, 'result')}; {counts.located:,} name both "
            f"a dataset and a metric, and of these {counts.deltas:,} are differences to a "
            "baseline, which have no place of their own.",
            f"On {plural(counts.boards, 'pair')} of dataset and metric two papers or more state a "
            "result.",
        )
    ]
    if not content.leaderboards:
        lines.append(paragraph("So there is no leaderboard: nothing stands beside its like."))
        return "\n".join(lines)
    lines.append(
        paragraph(
            "Only numbers of one unit are ranked with each other. Even these may differ in data, "
            "size or protocol, and a program read them: the quote says what was done, and may be "
            "about a baseline. A place here is no claim that one method is better than another."
        )
    )
    lines += [_leaderboard(board, links) for board in content.leaderboards]
    more = counts.boards - len(content.leaderboards)
    if more > 0:
        lines.append(paragraph(f"{plural(more, 'pair')} with fewer papers are left out here."))
    return "\n".join(lines)


def _leaderboard(board: Leaderboard, links: Links) -> str:
    dataset, metric = board.dataset, board.metric
    order = "lowest first, as for an error or a cost" if board.lowest_first else "highest first"
    rows = [[_ranked_row(result, links) for result in results] for _, results in board.by_unit]
    caption = f"{shorten(metric.name, 80)} on {shorten(dataset.name, 80)}, {order}"
    notes = (
        f"{plural(board.deltas, 'difference')} to a baseline not ranked." if board.deltas else "",
        f"{plural(board.left_out, 'further result')} left out." if board.left_out else "",
    )
    names = (links.name(concept.id, concept.name) for concept in (dataset, metric))
    return "\n".join(
        (
            f"<h3>{': '.join(names)}</h3>",
            table(caption, ("Method", "#Place", "#Value", "Who says so"), rows, kind="board"),
            paragraph(*notes, kind="quiet"),
        )
    )


def _ranked_row(result: Stated, links: Links) -> list[str]:
    return [
        links.name(*result.method) if result.method else '<span class="quiet">not named</span>',
        f"{result.place}" if result.place else "–",
        escape(shorten(result.value, 40)),
        f"{quoted(result.quote)} "
        f'<span class="quiet">{links.name(result.paper, result.title)}</span>',
    ]


def rising_section(content: Content, links: Links) -> str:
    """What more papers deal with than before; or why that cannot be said."""
    rising, periods = content.rising, content.periods
    if rising.earlier is None or rising.later is None:
        return paragraph(*why_nothing_rises(content.periods))
    dated = dict(periods.counts)
    sentences = [
        f"From {rising.earlier} ({plural(dated[rising.earlier], 'paper')}) to {rising.later} "
        f"({plural(dated[rising.later], 'paper')}): concepts whose share of the papers grew, in "
        "three papers or more.",
        "Of few papers, shares say little, and the papers that were collected need not be like "
        "those that were written.",
        "Some dates are the days on which a page listed the paper." if content.seen_only else "",
        f"{plural(periods.undated, 'paper')} without a date do not count."
        if periods.undated
        else "",
    ]
    if not rising.concepts:
        return paragraph(*sentences, "None did.")
    return "\n".join((paragraph(*sentences), _risers(rising, links), _shares(rising)))


def _risers(rising: Rising, links: Links) -> str:
    rows = [
        [
            links.name(riser.concept, riser.name),
            escape(shorten(riser.type or "", 40)),
            f"{riser.earlier_papers:,} ({riser.earlier_share:.1%})",
            f"{riser.later_papers:,} ({riser.later_share:.1%})",
        ]
        for riser in rising.concepts
    ]
    header = ("Concept", "Type", f"#Papers {rising.earlier}", f"#Papers {rising.later}")
    return table("Concepts that rise", header, [rows], kind="roles")


def _shares(rising: Rising) -> str:
    if len(rising.periods) < 3:
        return ""
    lines: dict[str, Sequence[float]] = {}
    for riser in rising.concepts[:_LINES]:
        lines.setdefault(shorten(riser.name, NAME_LENGTH), [100 * share for share in riser.shares])
    chart = line_chart(
        rising.periods, lines, title="Share of the papers, over time", unit="% of papers"
    )
    return figure(chart, "Share of the papers that name the concept.")
