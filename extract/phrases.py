"""Ways to say one name with other words: head nouns that add nothing, and word order."""

from __future__ import annotations

import re
from itertools import pairwise
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
# Verbs and their nouns; `_noun_of` knows the gerund, too.
_NOUNS_OF_VERBS = {
    "align": "alignment",
    "annotate": "annotation",
    "approximate": "approximation",
    "augment": "augmentation",
    "calibrate": "calibration",
    "classify": "classification",
    "complete": "completion",
    "compress": "compression",
    "construct": "construction",
    "detect": "detection",
    "diagnose": "diagnosis",
    "disambiguate": "disambiguation",
    "discover": "discovery",
    "discriminate": "discrimination",
    "estimate": "estimation",
    "evaluate": "evaluation",
    "extract": "extraction",
    "factorize": "factorization",
    "generate": "generation",
    "identify": "identification",
    "interpolate": "interpolation",
    "localize": "localization",
    "manipulate": "manipulation",
    "navigate": "navigation",
    "normalize": "normalization",
    "optimize": "optimization",
    "predict": "prediction",
    "quantize": "quantization",
    "recognize": "recognition",
    "recommend": "recommendation",
    "reconstruct": "reconstruction",
    "regularize": "regularization",
    "restore": "restoration",
    "retrieve": "retrieval",
    "segment": "segmentation",
    "simplify": "simplification",
    "simulate": "simulation",
    "summarize": "summarization",
    "synthesize": "synthesis",
    "transcribe": "transcription",
    "translate": "translation",
    "verify": "verification",
    "visualize": "visualization",
}
# Verbs that are nouns, too, or adjectives: only their gerunds ask for an object.
_NOUNS_TOO = word_set("align approximate augment complete construct estimate extract segment")
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
# What is a model, or a classifier, anyway: `random forest classifier`, `student network`.
_LEARNERS = word_set("bayes forest machine perceptron regression svm")
_LIGHT_HEADS_OF_LEARNERS = word_set("classifier model regressor")
_PLAYERS = word_set("critic discriminator generator student teacher")
# What is minimised: `cross-entropy loss` is cross-entropy, `ELBO objective` the ELBO.
_MINIMIZED = word_set("divergence elbo entropy error infonce likelihood nce")
_LIGHT_HEADS_OF_MINIMIZED = word_set("criterion loss objective")
# `loss function` is a loss, `activation function` an activation.
_FUNCTIONS = word_set("activation gelu loss relu sigmoid softmax tanh")
# Architectures whose names are words of the language by now; the other names are not.
_ARCHITECTURES = word_set("autoencoder perceptron transformer")
_PREPOSITIONS = word_set("as at by for from in into on onto over through to under via with without")
_SAME_WORDS = {
    "computational": "computation",
    "net": "network",
    "objective": "loss",
    "positional": "position",
    "visual": "vision",
}
_FILLERS = frozenset(("based", "level"))
_AT = frozenset(("@", "at"))
_RANKED = {"p": "precision", "prec": "precision", "r": "recall", "hit": "hits", "acc": "accuracy"}
_DIGIT_FOR_TO = re.compile(r"^([a-z]{3,})2([a-z]{3,})$")
# What may stand before `neural network` and before `network` in one and the same name; a Bayesian
# network is no Bayesian neural network.
_NEURAL_KINDS = word_set(
    "binarized convolution convolutional deep deeper feedforward forward overparameterized "
    "quantized recurrent recursive residual shallow siamese spiking wide"
)


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
        # `F1 score` is F1 and `exact match score` exact match, but `energy score` is not energy.
        measured = coined or len(words) > 2 or words[0] in _PLAIN_METRICS
        heads = _LIGHT_METRIC_HEADS if measured else frozenset()
    elif kind == ConceptType.TASK:
        heads = _LIGHT_TASK_HEADS
    elif kind == ConceptType.METHOD:
        heads = _LIGHT_METHOD_HEADS
        if coined:
            heads |= _LIGHT_HEADS_OF_COINED_NAMES
        heads |= _light_heads_after(words[:-1])
    else:
        return words
    end = len(words)
    if coined and end > 2 and words[-2:] == ("data", "set") and kind == ConceptType.DATASET:
        end -= 2
    while end > 1 and words[end - 1] in heads and not _is_bare_adjective(words[: end - 1], kind):
        end -= 1
    return words[:end]


def _light_heads_after(words: tuple[str, ...]) -> frozenset[str]:
    """Head nouns that add nothing to what stands before: `model` after `transformer`."""
    if not words:
        return frozenset()
    last = words[-1]
    heads = frozenset[str]()
    if last in _ARCHITECTURES or last in _PLAYERS or words[-2:] == ("encoder", "decoder"):
        heads |= _LIGHT_HEADS_OF_MODELS
    if last in _LEARNERS or (last == "network" and _NEURAL_KINDS.intersection(words)):
        heads |= _LIGHT_HEADS_OF_LEARNERS
    if last in _MINIMIZED:
        heads |= _LIGHT_HEADS_OF_MINIMIZED
    return heads | {"function"} if last in _FUNCTIONS else heads


def _is_bare_adjective(words: Sequence[str], kind: str) -> bool:
    """Whether the rest would be one word that needs its head: `generative framework`.

    A gerund is the name of a task (`captioning task`), but not of a method (`learning method`).
    """
    if len(words) != 1:
        return False
    gerund = words[0].endswith("ing") and kind != ConceptType.TASK
    return gerund or (words[0].endswith(_ADJECTIVE_ENDINGS) and words[0] not in _PLAYERS)


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
    words = _with_to(words)
    if not _SAME_WORDS.keys().isdisjoint(words):
        words = tuple(_SAME_WORDS.get(word, word) for word in words)
    if len(words) < 2:
        return words
    if words[0] == "the":
        words = words[1:]
    if words[:2] == ("number", "of") and len(words) > 2:
        # `number of parameters` is the parameter number, or count.
        words = (*words[2:], "count")
    elif words[-1] == "number":
        words = (*words[:-1], "count")
    words = _at_rank(words)
    if not _FILLERS.isdisjoint(words[1:-1]):
        words = _without_fillers(words)
    if not _PREPOSITIONS.intersection(words):
        words = _noun_first(words)
        words = _without_of(words)
    if len(words) > 3 and "and" in words[1:-2]:
        words = tuple(word for word in words if word != "and")
    if len(words) == 2 and words[0] in _PARTS_OF_MODELS and _is_architecture(words[1]):
        words = (words[1], words[0])
    if words[-1:] == ("network",):
        words = _with_adjective(words)
    return words


def _with_adjective(words: tuple[str, ...]) -> tuple[str, ...]:
    """`convolution neural network` and `convolutional neural network` as convolutional network."""
    if len(words) > 2 and words[-2] == "neural" and words[-3] in _NEURAL_KINDS:
        words = (*words[:-2], "network")
    if len(words) > 1 and words[-2] == "convolution":
        words = (*words[:-2], "convolutional", "network")
    return words


def _without_fillers(words: tuple[str, ...]) -> tuple[str, ...]:
    """`sentence-level representation` is one of sentences, `LLM-based agent` is an LLM agent.

    After words for what is worked on `based` adds something: `image-based retrieval`.
    """
    kept = [
        word
        for before, word in pairwise(words[:-1])
        if word != "level" and not (word == "based" and _is_architecture(before))
    ]
    return (words[0], *kept, words[-1])


def _at_rank(words: tuple[str, ...]) -> tuple[str, ...]:
    """`recall at 5`, `R@5` and `Recall@5` in one form."""
    if len(words) < 3 or words[-2] not in _AT or not (words[-1].isdigit() or words[-1] == "k"):
        return words
    measure = _RANKED.get(words[-3], words[-3])
    return (*words[:-3], measure, "@", words[-1])


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
    noun = _noun_of(first)
    if noun and first not in _NOUNS_TOO and last not in _PARTS_OF_MODELS:
        return (*words[1:], noun)
    if last.endswith("ing") and (noun := _noun_of(last)):
        # `text summarizing` is text summarization.
        return (*words[:-1], noun)
    return words


def _noun_of(word: str) -> str:
    """The noun of a verb or gerund, `prediction` of `predict` and `predicting`; else nothing."""
    if not word.endswith("ing"):
        return _NOUNS_OF_VERBS.get(word, "")
    stem = word.removesuffix("ing")
    return _NOUNS_OF_VERBS.get(stem) or _NOUNS_OF_VERBS.get(stem + "e", "")


def _without_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """`contextual representation of word` becomes `contextual word representation`."""
    if words.count("of") != 1:
        return words
    at = words.index("of")
    if at == 0 or at == len(words) - 1:
        return words
    after = tuple(word for word in words[at + 1 :] if word not in ("the", "a", "an"))
    return (*words[: at - 1], *after, words[at - 1])
