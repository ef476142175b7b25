"""What all training of pipelines shares: the network's configuration, and the folder it ends in.

The shipped pipeline is taught by `extract.distillation`, a user's own by `extract.fine_tuning`.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.linear import models_as_json
from extract.model_identity import CONFIDENCE_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.language import Language

    from extract.linear import LinearModel

CONFIG = Path(__file__).with_name("training.cfg")
"""How the network is built and trained."""


def write_pipeline(
    nlp: Language,
    output: Path,
    about: Mapping[str, Any],
    confidences: Mapping[str, LinearModel] | None = None,
) -> None:
    """Write a trained pipeline to a folder, whole or not at all; one that is there is replaced.

    Args:
        about: what `meta.json` says of it under `paperkg`.
        confidences: how likely its mentions are right (`extract.confidence`), where it is known.
            Texts that are in the folder (`*.md`, such as the model card) stay.
    """
    nlp.meta.update(license="Apache-2.0", spacy_version=">=3.8.2,<3.9.0", paperkg=dict(about))
    with tempfile.TemporaryDirectory(dir=output.resolve().parent) as scratch:
        fresh = Path(scratch) / "model"
        nlp.to_disk(fresh)
        if confidences is not None:
            (fresh / CONFIDENCE_FILE).write_text(models_as_json(confidences), encoding="utf-8")
        for file in output.glob("*.md"):
            shutil.copy(file, fresh)
        if output.exists():
            output.rename(Path(scratch) / "before")
        fresh.rename(output)
