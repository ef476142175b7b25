"""Where abstracts are split into tokens: names of methods need finer cuts than news text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

if TYPE_CHECKING:
    from spacy.language import Language

# `Transformer-based`, `train/test`, `F1(macro)`, `A+B`: the name ends inside the word, so every
# such character is a token of its own.
_INNER_PUNCTUATION = r"[-‐‑–—/\\|+*=~<>_^:;,&@]"
_INFIXES = (
    _INNER_PUNCTUATION,
    r"(?<=\S)[(\[{]",
    r"[)\]}](?=\S)",
    r"[$'’‘\"“”`]",
    r"[?!](?=\w)",
    r"(?<=[a-zA-Z])\.(?=[A-Z])",
)
_EDGES = (r"[-/\\+*=~<>_^|]",)
# spaCy keeps the full stop on words that end in a capital (`DiT.`) or a digit and a capital
# (`ImageNet-1K.`); here these are names at the end of a sentence.
_FINAL_STOP = (r"(?<=\w)\.",)

# spaCy takes the edges of a word off one by one and looks at all that is left each time: 4,000
# brackets without a blank take seconds, 200,000 hours. No word is longer than this.
_LONGEST_WORD = 300
_TOO_LONG = re.compile(rf"(?<!\S)\S{{{_LONGEST_WORD + 1},}}")
# Cut at the edge of a name or number where there is one.
_PIECE = re.compile(rf"\S{{1,{_LONGEST_WORD}}}(?:(?<!\w)|(?!\w))|\S{{1,{_LONGEST_WORD}}}")


def set_tokenizer(nlp: Language) -> Language:
    """Give `nlp` the tokenizer of paperkg: split at hyphens, slashes and inner brackets.

    The rules are written into the model by `nlp.to_disk`, so only training calls this.

    Args:
        nlp: a pipeline of spaCy's `English`; its tokenizer is changed in place.

    Returns:
        The same pipeline.
    """
    defaults = nlp.Defaults
    tokenizer: Any = nlp.tokenizer  # the rule-based one, which spaCy types as any callable
    infixes = [*(defaults.infixes or ()), *_INFIXES]
    prefixes = [*(defaults.prefixes or ()), *_EDGES]
    suffixes = [*(defaults.suffixes or ()), *_EDGES, *_FINAL_STOP]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    # Addresses are split like all else: a project page often ends in the method's name.
    tokenizer.token_match = None
    tokenizer.url_match = None
    return nlp


def make_doc(nlp: Language, text: str) -> Doc:
    """Split `text` into tokens with `nlp`'s tokenizer, in time linear in its length.

    Args:
        nlp: a pipeline; its components are not run.
        text: any text up to `nlp.max_length`. Stretches of more than 300 characters without a
            blank are tokenized in pieces of at most so many; all other text as `nlp` does it.

    Returns:
        The tokens; no character of `text` is lost or moved.

    Raises:
        ValueError: the text is longer than `nlp.max_length`.
    """
    cuts = [
        piece.end()
        for stretch in _TOO_LONG.finditer(text)
        for piece in _PIECE.finditer(text, *stretch.span())
    ]
    # It refuses a text as a whole, not by its pieces.
    if not cuts or len(text) > nlp.max_length:
        return nlp.make_doc(text)
    starts, ends = [0, *cuts], [*cuts, len(text)]
    pieces = (text[start:end] for start, end in zip(starts, ends, strict=True))
    joined = Doc.from_docs(
        [nlp.make_doc(piece) for piece in pieces if piece], ensure_whitespace=False
    )
    assert joined is not None  # from_docs gives None for no documents only
    return joined
