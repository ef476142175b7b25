"""Where abstracts are split into tokens: names of methods need finer cuts than news text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
