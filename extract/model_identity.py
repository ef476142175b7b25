"""Which pipeline found the mentions of a library; told without loading spaCy."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path

from extract.errors import ModelError

MODEL_FOLDER = Path(__file__).with_name("model")
"""The pipeline that ships with the package."""

RULES_VERSION = "1"
"""Raised whenever the rules around the network change what is found, so that libraries know."""

_DATA = ("gazetteer.tsv", "roles.json", "results.json")


def model_identity(folder: Path = MODEL_FOLDER) -> str:
    """Name, version and digest of a pipeline with all that decides what it finds.

    Args:
        folder: a pipeline that `extract.training` wrote.

    Returns:
        Such as `paperkg-0.1.0-1f3a5c7e`.

    Raises:
        ModelError: the folder holds no pipeline.
    """
    try:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        hashed = hashlib.sha256(RULES_VERSION.encode())
        for part in (folder / "tokenizer", *sorted(folder.glob("*/model"))):
            hashed.update(hashlib.sha256(part.read_bytes()).digest())
        for name in _DATA:
            hashed.update(files("extract").joinpath("data", name).read_bytes())
        return f"{meta['name']}-{meta['version']}-{hashed.hexdigest()[:8]}"
    except (OSError, ValueError, KeyError) as exc:
        raise ModelError(
            f"There is no usable pipeline in {str(folder)!r}: {exc}. Expected a folder that "
            "`paperkg train` wrote; install paperkg again to get the one it ships."
        ) from exc
