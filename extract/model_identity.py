"""Which pipeline found the mentions of a library; told without loading spaCy."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path

from extract.errors import ModelError

MODEL_FOLDER = Path(__file__).with_name("model")
"""The pipeline that ships with the package."""

CONFIDENCE_FILE = "confidence.json"
"""Name of the file in a pipeline's folder that tells how likely its mentions are right."""

TAGGER = "concept_tagger"
"""Name of the network in a pipeline."""

RULES_VERSION = "2"
"""Raised whenever the rules around the network change what is found, so that libraries know."""

_DATA = ("gazetteer.tsv", "roles.json", "results.json")


def model_identity(folder: Path = MODEL_FOLDER) -> str:
    """Name, version and digest of a pipeline with all that decides what it finds.

    Args:
        folder: a pipeline that `extract.training.write_pipeline` wrote.

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
        confidence = folder / CONFIDENCE_FILE
        hashed.update(confidence.read_bytes() if confidence.exists() else b"")
        for name in _DATA:
            hashed.update(files("extract").joinpath("data", name).read_bytes())
        return f"{meta['name']}-{meta['version']}-{hashed.hexdigest()[:8]}"
    except (OSError, ValueError, KeyError) as exc:
        raise ModelError(
            f"There is no usable pipeline in {str(folder)!r}: {exc}. Expected a folder that "
            "`paperkg train` wrote; install paperkg again to get the one it ships."
        ) from exc


_GAZETTEER = "+gazetteer-"


def model_with_gazetteer(model: str, gazetteer: str) -> str:
    """The identity of a pipeline that also looks for a user's names.

    >>> model_with_gazetteer("paperkg-0.1.0-1f3a5c7e", "00c0ffee")
    'paperkg-0.1.0-1f3a5c7e+gazetteer-00c0ffee'
    """
    return f"{model}{_GAZETTEER}{gazetteer}"


def plain_model(model: str) -> str:
    """The identity of the pipeline alone.

    >>> plain_model("paperkg-0.1.0-1f3a5c7e+gazetteer-00c0ffee")
    'paperkg-0.1.0-1f3a5c7e'
    """
    return model.partition(_GAZETTEER)[0]
