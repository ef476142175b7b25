"""Ways to say one name with other words: head nouns that add nothing, and word order."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.lexicon import ordinary_forms, word_set
from extract.normalization import compact
from extract.records import ConceptType

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIGHT_DATASET_HEADS = word_set("benchmark challenge collection corpus dataset suite")
_LIGHT_METRIC_HEADS = word_set("measure metric score value")
_PLAIN_METRICS = word_set("accuracy latency perplexity precision recall throughput")
_LIGHT_TASK_HEADS = word_set("problem task")
# Heads that add nothing to any name of a method ...
_LIGHT_METHOD_HEADS = word_set(
    "algorithm approach architecture framework mechanism method methodology paradigm procedure "
    "technique"
)
# ... and such as add nothing to one that somebody coined (`CLIP model`, `Adam optimizer`), though
# they make a name of an ordinary word (`language model`, `neural network`).
_LIGHT_HEADS_OF_COINED_NAMES = word_set("library model optimizer package software system toolkit")
_LIGHT_HEADS_OF_MODELS = word_set("model network")
_NOUNS_OF_VERBS = {
    "classify": "classification",
    "classifying": "classification",
    "completing": "completion",
    "compress": "compression",
    "compressing": "compression",
    "detect": "detection",
    "detecting": "detection",
    "diagnose": "diagnosis",
    "diagnosing": "diagnosis",
    "estimating": "estimation",
    "extracting": "extraction",
    "generate": "generation",
    "generating": "generation",
    "identify": "identification",
    "identifying": "identification",
    "localize": "localization",
    "localizing": "localization",
    "optimize": "optimization",
    "optimizing": "optimization",
    "predict": "prediction",
    "predicting": "prediction",
    "recognize": "recognition",
    "recognizing": "recognition",
    "reconstruct": "reconstruction",
    "reconstructing": "reconstruction",
    "retrieve": "retrieval",
    "retrieving": "retrieval",
    "segmenting": "segmentation",
    "simulate": "simulation",
    "simulating": "simulation",
    "summarize": "summarization",
    "summarizing": "summarization",
    "synthesize": "synthesis",
    "synthesizing": "synthesis",
    "transcribe": "transcription",
    "transcribing": "transcription",
    "translate": "translation",
    "translating": "translation",
    "verify": "verification",
    "verifying": "verification",
}
_ADJECTIVE_ENDINGS = tuple(word_set("al ive ic ed ous ary able ible less ful ian ent"))
# `learning representations` is done to its object, `learning rate` and `editing model` are not.
_GERUNDS = word_set("answering captioning editing forecasting learning parsing tracking")
_OBJECTS = word_set(
    "document embedding feature image object question representation sentence series video"
)
_PARTS_OF_MODELS = word_set(
    "agent backbone baseline classifier decoder discriminator encoder generator parser policy "
    "ranker reader reranker retriever student tagger teacher tokenizer"
)
# Architectures whose names are words of the language by now; the other names are not.
_ARCHITECTURES = word_set("autoencoder perceptron transformer")
_PREPOSITIONS = word_set("as at by for from in into on onto over through to under via with without")
_SAME_WORDS = {"net": "network"}
_DIGIT_FOR_TO = re.compile(r"^([a-z]{3,})2([a-z]{3,})$")
# What may stand before `neural network` and before `network` in one and the same name; a Bayesian
# network is no Bayesian neural network.
_NEURAL_KINDS = word_set(
    "binarized convolutional deep deeper feedforward forward overparameterized quantized recurrent "
    "recursive residual shallow siamese spiking wide"
)


@lru_cache(maxsize=1 << 17)
def without_light_heads(words: tuple[str, ...], kind: str, *, coined: bool) -> tuple[str, ...]:
    """The words of a name without head nouns that add nothing to it.

    Args:
        words: of the normal form.
        kind: the name's concept type; types of the user's own lose no head.
        coined: whether the first of the words are a name that somebody coined
            (`extract.names.is_coined`).

    Returns:
        The words that are left, at least one.

    >>> without_light_heads(("beir", "benchmark"), "Dataset", coined=True)
    ('beir',)
    >>> without_light_heads(("language", "model"), "Method", coined=False)
    ('language', 'model')
    """
    if kind == ConceptType.DATASET:
        # `question answering dataset` is a description and no name of one data set.
        heads = _LIGHT_DATASET_HEADS if coined else frozenset()
    elif kind == ConceptType.METRIC:
        # `F1 score` is F1 and `accuracy score` accuracy, but `energy score` is not energy.
        measured = coined or (len(words) == 2 and words[0] in _PLAIN_METRICS)
        heads = _LIGHT_METRIC_HEADS if measured else frozenset()
    elif kind == ConceptType.TASK:
        heads = _LIGHT_TASK_HEADS
    elif kind == ConceptType.METHOD:
        heads = _LIGHT_METHOD_HEADS
        if coined:
            heads |= _LIGHT_HEADS_OF_COINED_NAMES
        if _names_a_model(words[:-1]):
            heads |= _LIGHT_HEADS_OF_MODELS
    else:
        return words
    end = len(words)
    if coined and end > 2 and words[-2:] == ("data", "set") and kind == ConceptType.DATASET:
        end -= 2
    while end > 1 and words[end - 1] in heads and not _is_bare_adjective(words[: end - 1], kind):
        end -= 1
    return words[:end]


def _names_a_model(words: Sequence[str]) -> bool:
    """Whether the name ends in a word for a machine: `transformer model` is a transformer."""
    return bool(words) and words[-1] in _ARCHITECTURES


def _is_bare_adjective(words: Sequence[str], kind: str) -> bool:
    """Whether the rest would be one word that needs its head: `generative framework`.

    A gerund is the name of a task (`captioning task`), but not of a method (`learning method`).
    """
    if len(words) != 1:
        return False
    gerund = words[0].endswith("ing") and kind != ConceptType.TASK
    return gerund or words[0].endswith(_ADJECTIVE_ENDINGS)


@lru_cache(maxsize=1 << 17)
def phrase_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words in an order that names share where they differ in form of phrase only.

    `completion of knowledge graphs` and `knowledge graph completion`, `predict stock prices` and
    `stock price prediction`, `image and text matching` and `image-text matching`, `decoder LSTM`
    and `LSTM decoder`, `recurrent network` and `recurrent neural network`, `text2image` and
    `text-to-image`. Directions are kept: `image-to-text` is not `text-to-image`.

    Args:
        words: of the normal form.

    >>> phrase_words(("completion", "of", "knowledge", "graph"))
    ('knowledge', 'graph', 'completion')
    """
    words = tuple(_SAME_WORDS.get(word, word) for word in _with_to(words))
    if "level" in words[1:-1]:
        # `sentence-level representation` is a representation of sentences.
        words = (words[0], *(word for word in words[1:-1] if word != "level"), words[-1])
    if not _PREPOSITIONS.intersection(words):
        words = _noun_first(words)
        words = _without_of(words)
    if len(words) > 3 and "and" in words[1:-2]:
        words = tuple(word for word in words if word != "and")
    if len(words) == 2 and words[0] in _PARTS_OF_MODELS and _is_architecture(words[1]):
        words = (words[1], words[0])
    if len(words) > 2 and words[-2:] == ("neural", "network") and words[-3] in _NEURAL_KINDS:
        words = (*words[:-2], "network")
    return words


def phrase_key(words: tuple[str, ...]) -> str:
    """The `phrase_words` of a name as one key, in which hyphens and blanks do not count.

    >>> phrase_key(("text2image",)) == phrase_key(("text", "to", "image"))
    True
    """
    return compact(" ".join(phrase_words(words)))


def _is_architecture(word: str) -> bool:
    """Whether a word names a kind of model: `encoder BERT` is a BERT encoder.

    An `encoder representation` is no encoder, and `agent reasoning` no agent.
    """
    return word in _ARCHITECTURES or word not in ordinary_forms()


def _with_to(words: tuple[str, ...]) -> tuple[str, ...]:
    if not any("2" in word for word in words):
        return words
    spread: list[str] = []
    for word in words:
        match = _DIGIT_FOR_TO.match(word)
        spread += (match.group(1), "to", match.group(2)) if match else (word,)
    return tuple(spread)


def _noun_first(words: tuple[str, ...]) -> tuple[str, ...]:
    """`predict stock price` becomes `stock price prediction`."""
    if len(words) < 2:
        return words
    first, last = words[0], words[-1]
    if first in _GERUNDS and last in _OBJECTS:
        return (*words[1:], first)
    if first in _NOUNS_OF_VERBS and last not in _PARTS_OF_MODELS:
        return (*words[1:], _NOUNS_OF_VERBS[first])
    return words


def _without_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """`contextual representation of word` becomes `contextual word representation`."""
    if words.count("of") != 1:
        return words
    at = words.index("of")
    if at == 0 or at == len(words) - 1:
        return words
    after = tuple(word for word in words[at + 1 :] if word not in ("the", "a", "an"))
    return (*words[: at - 1], *after, words[at - 1])
