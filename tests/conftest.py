"""What many tests share: where shared/ is, and one library of the sample pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extract.sample import sample_paths
from graph import KnowledgeGraph

SHARED = Path(__file__).parents[2] / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the folder shared/ is not beside the checkout"
)


@pytest.fixture(scope="session")
def sample_library_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of the sample pages; tests that change it take `sample_library`."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    with KnowledgeGraph.open(path, create=True) as knowledge:
        knowledge.build(*sample_paths())
    return path


@pytest.fixture
def sample_library(sample_library_once: Path, tmp_path: Path) -> Path:
    """A copy of the library of the sample pages."""
    return Path(shutil.copy(sample_library_once, tmp_path / "sample.db"))
