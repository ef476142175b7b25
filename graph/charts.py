"""Small charts as inline SVG: bars, lines over time, a heat map.

matplotlib draws them; text stays text, in the fonts of whoever reads it, and takes the colour of
the page (`currentColor`), so that one chart serves light and dark pages. Same numbers, same bytes.
Every chart is an image with a name and a description for those who do not see it.
"""

from __future__ import annotations

import contextlib
import io
import re
import unicodedata
import warnings
from html import escape
from typing import TYPE_CHECKING, Any

from extract.errors import UsageError
from extract.records import digest
from graph.display import one_line
from graph.html_document import HtmlDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE = "#4477AA"
"""The colour of bars and cells: it stands out from a white and from a dark page."""

LINES = ("#4477AA", "#CC6677", "#228833", "#A06D00", "#AA3E83", "#0A8299")
"""The colours of lines, in order; those told apart by few are told apart by their names beside."""

_WIDTH = 420  # CSS pixels, as the other measures; about what a phone has
_BAR = 24
_CELL = 30
_LABEL = 24  # columns of a fixed-width font that a label may take
_POINTS = 0.75  # one CSS pixel
# Stand for colours that only the page knows, or that are made of two; replaced in the end.
_INK, _FAINT = "#010203", "#040506"
_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "paperkg",
    "font.family": "sans-serif",
    "font.size": 12 * _POINTS,
    "text.color": _INK,
    "text.parse_math": False,
    "axes.edgecolor": _FAINT,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


@contextlib.contextmanager
def _our_style() -> Iterator[None]:
    """Draw by our settings, whatever the user's own are."""
    # matplotlib takes half a second to load: only who draws pays.
    import matplotlib

    ours: dict[Any, Any] = {**matplotlib.rcParamsDefault}
    ours.update(_STYLE)
    del ours["backend"]  # the figures have their own, and a notebook keeps the user's
    with matplotlib.rc_context(ours):
        yield


@_our_style()
def bar_chart(bars: Sequence[tuple[str, float]], *, title: str, unit: str = "") -> str:
    """Horizontal bars, in the order given, each with its name before it and its number behind it.

    Args:
        bars: names and numbers of 0 or more.
        title: what the chart shows; not drawn, but read aloud.
        unit: of the numbers, for the description.

    Returns:
        An `<svg>` element.

    Raises:
        UsageError: there are no bars, or a number is below 0 or not finite.
    """
    _check(title, [value for _, value in bars])
    figure, axes = _figure(_WIDTH, _BAR * len(bars) + 8)
    axes.set_position((0.44, 0, 0.46, 1))
    axes.barh(range(len(bars)), [value for _, value in bars], color=BLUE, height=0.62)
    axes.set_yticks(range(len(bars)), [_fitted(name) for name, _ in bars])
    axes.tick_params(left=False, bottom=False, labelbottom=False)
    axes.set_xlim(0, max((value for _, value in bars), default=1) or 1)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for place, (_, value) in enumerate(bars):
        axes.annotate(
            _written(value), (value, place), (4, 0), textcoords="offset points", va="center"
        )
    said = "; ".join(f"{one_line(name)}: {_written(value)}" for name, value in bars)
    return _svg(figure, title, f"{said} {unit}".strip())


@_our_style()
def line_chart(
    times: Sequence[str], lines: Mapping[str, Sequence[float]], *, title: str, unit: str = ""
) -> str:
    """One line a name over time, the name at its end.

    Args:
        times: names of the points in time, in order.
        lines: for each name one number of 0 or more a time.
        title: what the chart shows; not drawn, but read aloud.
        unit: of the numbers, for the axis and the description.

    Raises:
        UsageError: there is nothing to draw, a line has not one number a time, or a number is
            below 0 or not finite.
    """
    _check(title, [value for values in lines.values() for value in values])
    for name, values in lines.items():
        if len(values) != len(times):
            raise UsageError(
                f"The line {name!r} has {len(values)} numbers for {len(times)} times: "
                "give one for each."
            )
    figure, axes = _figure(_WIDTH, 230)
    axes.set_position((0.1, 0.16, 0.5, 0.74))
    for color, values in zip(_cycled(LINES, len(lines)), lines.values(), strict=True):
        axes.plot(range(len(times)), values, color=color, linewidth=1.6, marker="o", markersize=3)
    _name_ends(axes, times, lines)
    shown = _spread_out(len(times), 3)
    axes.set_xticks(shown, [_fitted(times[i], 10) for i in shown])
    axes.set_ylim(bottom=0)
    axes.set_title(one_line(unit), loc="left", fontsize=11 * _POINTS, color=_INK)
    said = "; ".join(
        f"{one_line(name)}: " + ", ".join(map(_written, values)) for name, values in lines.items()
    )
    span = f"{times[0]} to {times[-1]}" if times else ""
    return _svg(figure, title, f"{span}. {said} {unit}".strip())


@_our_style()
def heat_map(
    rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[float]], *, title: str
) -> str:
    """A table of cells, darker where the number is greater; the numbers stand in them.

    Args:
        rows, columns: their names.
        values: for each row one number of 0 or more a column; 0 is left empty.
        title: what the chart shows; not drawn, but read aloud.

    Raises:
        UsageError: there is nothing to draw, the table is not of that shape, or a number is below
            0 or not finite.
    """
    _check(title, [value for row in values for value in row])
    if len(values) != len(rows) or any(len(row) != len(columns) for row in values):
        raise UsageError(f"The table of {title!r} must have a row a name and a number a column.")
    head = 112
    height = head + _CELL * len(rows)
    # Eight columns fit beside the names of the rows; for more the chart grows.
    cells = max(0.48 * _WIDTH, 0.06 * _WIDTH * len(columns))
    width = cells + 0.52 * _WIDTH
    figure, axes = _figure(width, height)
    share = _CELL * len(rows) / height
    axes.set_position((0.4 * _WIDTH / width, 0, cells / width, share))
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(columns)), [_fitted(name, 16) for name in columns])
    axes.set_yticks(range(len(rows)), [_fitted(name, 24) for name in rows])
    axes.tick_params(left=False, top=False, pad=1)
    for label in axes.get_xticklabels():
        label.set(rotation=60, ha="left", va="bottom", rotation_mode="anchor")
    for spine in axes.spines.values():
        spine.set_visible(False)
    _fill_cells(axes, values)
    said = "; ".join(
        f"{one_line(row)} and {one_line(column)}: {_written(value)}"
        for row, cells in zip(rows, values, strict=True)
        for column, value in zip(columns, cells, strict=True)
        if value
    )
    return _svg(figure, title, said)


def chart_document(title: str, chart: str, note: str) -> HtmlDocument:
    """A chart as a page of its own, which notebooks show, with what its numbers mean below it.

    Args:
        title: of the page, plain text.
        chart: an `<svg>` element of one of the functions above.
        note: plain text.
    """
    tall = re.search(r'\bheight="(\d+)"', chart)
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(one_line(title))}</title>\n"
        "<style>body { font: 15px/1.45 system-ui, sans-serif; margin: 1rem; max-width: 60rem }\n"
        "figure { margin: 0; overflow-x: auto } h1 { font-size: 1.1rem }</style>\n</head>\n<body>\n"
        f"<main>\n<h1>{escape(one_line(title))}</h1>\n<figure>\n{chart}\n</figure>\n"
        f"<p>{escape(one_line(note))}</p>\n</main>\n</body>\n</html>\n"
    )
    return HtmlDocument(title, page, int(tall[1]) + 170 if tall else 640)


def _fill_cells(axes: Axes, values: Sequence[Sequence[float]]) -> None:
    from matplotlib.patches import Rectangle

    greatest = max(value for row in values for value in row) or 1
    for y, row in enumerate(values):
        for x, value in enumerate(row):
            # Never so dark that the number in it could not be read.
            strength = 0.06 if not value else 0.15 + 0.45 * value / greatest
            axes.add_patch(
                Rectangle((x - 0.46, y - 0.46), 0.92, 0.92, color=BLUE, alpha=strength, linewidth=0)
            )
            if value:
                axes.text(x, y, _written(value), ha="center", va="center", fontsize=11 * _POINTS)


def _name_ends(axes: Axes, times: Sequence[str], lines: Mapping[str, Sequence[float]]) -> None:
    """Names to the right of the lines' ends, none over another."""
    top = max((value for values in lines.values() for value in values), default=1) or 1
    order = sorted(lines, key=lambda name: (-lines[name][-1], name))
    colors = dict(zip(lines, _cycled(LINES, len(lines)), strict=True))
    place, step = float("inf"), 0.11 * top
    wanted = {}
    for name in order:
        place = min(place - step, lines[name][-1])
        wanted[name] = place
    lift = max(0.0, -min(wanted.values(), default=0.0))
    for name, y in wanted.items():
        axes.annotate(
            _fitted(name, 24),
            (len(times) - 1, y + lift),
            (8, 0),
            textcoords="offset points",
            va="center",
            color=colors[name],
            annotation_clip=False,
        )


def _cycled(colors: Sequence[str], count: int) -> list[str]:
    return [colors[i % len(colors)] for i in range(count)]


def _spread_out(count: int, most: int) -> list[int]:
    """At most so many places among `count`, first and last among them, evenly.

    >>> _spread_out(9, 3), _spread_out(2, 4), _spread_out(1, 4)
    ([0, 4, 8], [0, 1], [0])
    """
    if count <= most:
        return list(range(count))
    return [round(i * (count - 1) / (most - 1)) for i in range(most)]


def _check(title: str, values: Sequence[float]) -> None:
    if not values:
        raise UsageError(f"There is nothing to draw for {title!r}: give at least one number.")
    for value in values:
        if not 0 <= value < float("inf"):
            raise UsageError(
                f"The chart {title!r} cannot show {value!r}: give numbers of 0 or more."
            )


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    """An empty figure of so many CSS pixels with one pair of axes, in the style of all charts."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / 96, height / 96), dpi=96)
    FigureCanvasSVG(figure)
    axes = figure.add_subplot()
    figure.patch.set_visible(False)
    axes.patch.set_visible(False)
    return figure, axes


def _fitted(name: str, columns: int = _LABEL) -> str:
    """A name on one line in so many columns; wide letters, as in Chinese, take two.

    >>> _fitted("a very long name indeed", 10), _fitted("图像分类数据集", 8)
    ('a very lo…', '图像分…')
    """
    line = one_line(name[: 20 * columns])
    kept, width = "", 0
    for character in line:
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > columns - (len(kept) + 1 < len(line)):
            return kept.rstrip() + "…"
        kept += character
    return kept


def _written(value: float) -> str:
    """A number as it stands in a chart.

    >>> _written(1234.0), _written(0.1234), _written(12.5)
    ('1,234', '0.12', '12.5')
    """
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:.2f}" if abs(value) < 1 else f"{value:,.1f}"


def _svg(figure: Figure, title: str, description: str) -> str:
    """The figure as an element of a page."""
    file = io.StringIO()
    with warnings.catch_warnings():
        # Letters that matplotlib's own font lacks; the reader's browser finds them elsewhere.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        warnings.filterwarnings("ignore", message="Matplotlib currently does not support")
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(file, format="svg", transparent=True, metadata=nothing)
    drawn = file.getvalue()
    drawn = drawn[drawn.index("<svg") :].strip()
    width, height = (round(96 * inches) for inches in figure.get_size_inches())
    inside = drawn[drawn.index(">") + 1 :]
    # A style in here would be one of the whole page.
    inside = re.sub(r"<(metadata|style)\b.*?</\1>", "", inside, flags=re.DOTALL)
    inside = re.sub(r"font-family: [^;\"]*; ?", "", inside)
    name = "c" + digest(f"{title}\n{inside}")[:8]
    # Several charts stand on one page: what one calls its parts must not mean those of another.
    inside = re.sub(r'\b(id="|xlink:href="#|url\(#)', rf"\g<1>{name}-", inside)
    inside = inside.replace("xlink:href", "href")
    for placeholder, color in ((_INK, "currentColor"), (_FAINT, "#8b9096")):
        inside = inside.replace(placeholder, color)
    points = f"{width * _POINTS:g} {height * _POINTS:g}"
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {points}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(one_line(title))}</title>'
        f'<desc id="{name}-d">{escape(description)}</desc>{inside}'
    )
