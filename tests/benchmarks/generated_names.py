"""Names of methods, data sets, metrics and tasks in any number, for measuring entity resolution.

The names of a size are always the same: seed 20 (`SEED`), Python's Mersenne Twister. The rules:

1. Things come one after another. Half of them are methods, a fifth data sets, a tenth metrics, a
   fifth tasks. 35 in 100 methods and 75 in 100 data sets are coined (syllables, or capitals with a
   digit now and then, and endings such as `Net`, `BERT`, `QA`); the rest are phrases of none to
   three modifiers, a noun and often a head noun. Every word of a phrase comes from a short list of
   the field with a chance of 2 in 3, and else from `extract/data/words.txt`, shuffled, where the
   word at rank r has a chance in proportion to 1 / r (Zipf).
2. A third of the coined things come as families: one to six versions (`X-2`, `X v1.5`), sizes
   (`X-Large`, `X-7B`), or successors (`X++`), every one a thing of its own.
3. A thing has the spelling that was made first, and n more with a chance that falls by half with
   each. A further spelling comes of the first by one of: capitals at all words or none, a hyphen or
   a blank more or less, the plural, British spelling, a light head noun (`... method`, `... data
   set`), `noun of ...`, a typo in a word of five letters or more (missing, double, wrong or swapped
   letter).
4. A third of the phrases of three words and more have an abbreviation: their initials. One to four
   papers define it, and phrases that share initials share it.
5. The name at rank r is mentioned max(1, n / (20 r)) times, n being the number of names, in the
   order of a shuffle; eight mentions in a shuffled order make a paper.

Lengths come out like those of annotated names in abstracts: 18 letters and 2.3 words on average.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.lexicon import ordinary_words
from extract.records import ConceptType, Definition, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20
_MENTIONS_OF_PAPER = 8


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MODIFIERS = _words("""
adaptive adversarial attentive autoregressive bayesian bidirectional binary causal convolutional
contrastive cross-modal deep differentiable discrete distributed dual dynamic efficient end-to-end
federated few-shot fine-grained generative global graph-based hierarchical hybrid implicit latent
large lightweight linear local long-range low-rank masked multi-head multi-task multilingual
multimodal neural non-linear online parallel pre-trained probabilistic progressive recurrent robust
scalable self-supervised semi-supervised sparse spatial stochastic structured supervised temporal
unsupervised variational weakly-supervised zero-shot
""")
_NOUNS = _words("""
action attention audio behaviour caption code colour concept data decision dialogue document domain
embedding emotion entity event face feature gradient graph image instance knowledge label language
memory modelling motion node object optimisation path point policy prompt protein query question
reasoning relation representation reward scene segment semantic sensor sentence sequence signal
speech state table text time token trajectory user video view vision voice word
""")
_HEADS: dict[str, tuple[str, ...]] = {
    ConceptType.METHOD: _words(
        "attention decoder embedding encoder learning loss model network "
        "optimisation pre-training regularization sampling search training transformer"
    ),
    ConceptType.DATASET: _words("archive benchmark collection corpus dataset suite"),
    ConceptType.METRIC: _words(
        "accuracy consistency coverage distance error loss precision rate recall score similarity"
    ),
    ConceptType.TASK: _words(
        "alignment analysis classification detection estimation forecasting "
        "generation modelling prediction recognition retrieval segmentation summarisation "
        "translation"
    ),
}
_LIGHT_HEADS: dict[str, tuple[str, ...]] = {
    ConceptType.METHOD: ("method", "approach", "algorithm", "model", "framework"),
    ConceptType.DATASET: ("dataset", "benchmark", "corpus", "data set"),
    ConceptType.METRIC: ("score", "metric"),
    ConceptType.TASK: ("task", "problem"),
}
_SYLLABLES = _words("""
al an ar bel bo ca cor da del di do en er fa fin flo ga gen go ha he in is ka ko la lin lo lu ma mi
mo na ne no o pa per pi pro qua ra re ri ro sa se si so sta ta te ti to tra ul un va ve vi vo wa xi
ya ze zo
""")
_METHOD_ENDINGS = ("", "", "", "Net", "Former", "BERT", "GAN", "LM", "GPT", "CLIP", "VAE", "NeRF")
_DATASET_ENDINGS = ("", "", "Bench", "QA", "Set", "COCO", "Eval", "NLI", "Text", "Corpus")
_SIZES = ("Tiny", "Small", "Base", "Large", "XL", "7B", "13B", "70B", "Pro", "Mini")
_SHARES: dict[str, float] = {
    ConceptType.METHOD: 0.5,
    ConceptType.DATASET: 0.2,
    ConceptType.METRIC: 0.1,
    ConceptType.TASK: 0.2,
}
_COINED: dict[str, float] = {
    ConceptType.METHOD: 0.35,
    ConceptType.DATASET: 0.75,
    ConceptType.METRIC: 0.15,
}


@dataclass(frozen=True, slots=True)
class Corpus:
    """What resolution takes: mentions, and the definitions of each paper."""

    mentions: tuple[Mention, ...]
    definitions: dict[str, tuple[Definition, ...]]


def generated_corpus(size: int, *, seed: int = SEED) -> Corpus:
    """A corpus of `size` distinct names (surface texts), by the rules above."""
    chance = random.Random(seed)
    types: dict[str, str] = {}
    defined: list[tuple[str, str]] = []
    words = _Words(chance)
    while len(types) < size:
        kind = str(chance.choices(tuple(_SHARES), tuple(_SHARES.values()))[0])
        for first in _family(chance, words, kind):
            for text in _spellings(chance, first, kind):
                types.setdefault(text, kind)
            if first.count(" ") > 1 and chance.random() < 1 / 3:
                short = "".join(part[0] for part in first.replace("-", " ").split()).upper()
                types.setdefault(short, kind)
                defined += [(short, first)] * min(4, _geometric(chance, 0.4))
    names = list(types.items())[:size]
    return _as_papers(chance, names, defined)


def _as_papers(
    chance: random.Random, names: list[tuple[str, str]], defined: list[tuple[str, str]]
) -> Corpus:
    chance.shuffle(names)
    size = len(names)
    drawn = [name for r, name in enumerate(names, 1) for _ in range(max(1, size // (20 * r)))]
    chance.shuffle(drawn)
    papers = [f"p{i:07}" for i in range(len(drawn) // _MENTIONS_OF_PAPER + 1)]
    mentions = tuple(
        Mention(
            papers[i // _MENTIONS_OF_PAPER],
            "abstract",
            40 * (i % _MENTIONS_OF_PAPER),
            40 * (i % _MENTIONS_OF_PAPER) + len(text),
            text,
            kind,
            "mentions",
            1.0,
            "ner",
        )
        for i, (text, kind) in enumerate(drawn)
    )
    definitions: dict[str, tuple[Definition, ...]] = {}
    for short, long in defined:
        paper = chance.choice(papers)
        found = Definition(short, long, len(long) + 2, 0)
        definitions[paper] = (*definitions.get(paper, ()), found)
    return Corpus(mentions, definitions)


class _Words:
    """Words of the field, and the rest of the lexicon with Zipf's frequencies."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._tail = sorted(word for word in ordinary_words() if 3 < len(word) < 13)
        chance.shuffle(self._tail)

    def draw(self, listed: tuple[str, ...]) -> str:
        if self._chance.random() < 2 / 3:
            return self._chance.choice(listed)
        # A rank whose logarithm is uniform has a chance in proportion to 1 / rank.
        return self._tail[int(len(self._tail) ** self._chance.random()) - 1]


def _family(chance: random.Random, words: _Words, kind: str) -> Iterator[str]:
    """One thing, or the versions and sizes of a coined one."""
    if chance.random() >= _COINED.get(kind, 0.0):
        yield _phrase(chance, words, kind)
        return
    base = _coined(chance, kind)
    yield base
    if chance.random() < 1 / 3:
        for _ in range(chance.randint(1, 6)):
            yield base + _successor(chance)


def _phrase(chance: random.Random, words: _Words, kind: str) -> str:
    modifiers = [
        words.draw(_MODIFIERS) for _ in range(chance.choices((0, 1, 2, 3), (3, 6, 4, 1))[0])
    ]
    noun = words.draw(_NOUNS)
    head = [chance.choice(_HEADS[kind])] if chance.random() < 0.7 or not modifiers else []
    return " ".join(dict.fromkeys([*modifiers, noun, *head]))


def _coined(chance: random.Random, kind: str) -> str:
    if chance.random() < 0.3:
        letters = "".join(chance.choices("ABCDEFGHILMNOPRSTUVX", k=chance.randint(3, 6)))
        return letters + (str(chance.randint(2, 9)) if chance.random() < 0.1 else "")
    stem = "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()
    return stem + chance.choice(
        _DATASET_ENDINGS if kind == ConceptType.DATASET else _METHOD_ENDINGS
    )


def _successor(chance: random.Random) -> str:
    way = chance.randrange(5)
    if way == 0:
        return f"-{chance.choice(_SIZES)}"
    if way == 1:
        return f" v{chance.randint(1, 3)}.{chance.randint(0, 9)}"
    if way == 2:
        return chance.choice(("+", "++", "*"))
    return f"{chance.choice('- ')}{chance.choice((2, 3, 4, 10, 18, 50, 100, 101, 1000))}"


def _spellings(chance: random.Random, first: str, kind: str) -> Iterator[str]:
    yield first
    for _ in range(_geometric(chance, 0.5) - 1):
        yield _respelled(chance, first, kind)


def _geometric(chance: random.Random, further: float) -> int:
    count = 1
    while chance.random() < further:
        count += 1
    return count


def _respelled(chance: random.Random, text: str, kind: str) -> str:
    way = chance.randrange(8)
    if way == 0:
        return text.title() if " " in text else text.lower()
    if way == 1:
        return text.replace(" ", "-", 1) if " " in text else text.replace("-", " ")
    if way == 2:
        return text.replace("-", "") if "-" in text else text.capitalize()
    if way == 3:
        return text if text.endswith("s") or not text[-1].isalpha() else f"{text}s"
    if way == 4:
        british = text.replace("ization", "isation").replace("modeling", "modelling")
        return british if british != text else text.replace("isation", "ization")
    if way == 5:
        return f"{text} {chance.choice(_LIGHT_HEADS[kind])}"
    if way == 6 and " " in text:
        rest, _, head = text.rpartition(" ")
        return f"{head} of {rest}"
    return misspelled(chance, text)


def misspelled(chance: random.Random, text: str) -> str:
    """The text with one letter missing, double, wrong or swapped in a word of five or more."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return text
    at = chance.choice(long)
    word = words[at]
    i = chance.randrange(1, len(word) - 1)
    words[at] = chance.choice(
        (
            word[:i] + word[i + 1 :],
            word[:i] + word[i] + word[i:],
            word[:i] + chance.choice("aeinorst") + word[i + 1 :],
            word[:i] + word[i + 1] + word[i] + word[i + 2 :],
        )
    )
    return " ".join(words)
