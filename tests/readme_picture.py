"""Takes the README's picture anew: `python -m tests.readme_picture notebooks/sample_graph.png`.

The atlas of the sample pages, or of the library that `--library` names, as Chromium shows it.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from extract.sample import sample_paths
from graph import KnowledgeGraph
from tests.browser import launch, open_file

WIDTH, HEIGHT = 1440, 900
# Without a graphics card WebGL is drawn by the processor.
FLAGS = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")


def take(library: Path, picture: Path) -> None:
    """Draw the atlas of a library and photograph it."""
    atlas = library.with_suffix(".html")
    with KnowledgeGraph.open(library) as knowledge:
        knowledge.show(atlas)
    with sync_playwright() as playwright:
        browser = launch(playwright, *FLAGS)
        size = {"width": WIDTH, "height": HEIGHT}
        visit = open_file(browser, atlas, viewport=size, color_scheme="light")
        visit.page.wait_for_selector('html[data-state="ready"]', timeout=60_000)
        visit.page.wait_for_timeout(1_500)  # what fades in has faded in
        visit.page.screenshot(path=picture)
        browser.close()


def main() -> None:
    """Take the picture of the sample, or of a library."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("picture", type=Path)
    parser.add_argument("--library", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder, "sample.db")
        if arguments.library is None:
            with KnowledgeGraph.open(sample, create=True) as knowledge:
                knowledge.build(*sample_paths())
        else:
            sample.write_bytes(arguments.library.read_bytes())
        take(sample, arguments.picture)


if __name__ == "__main__":
    main()
