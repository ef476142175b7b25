"""Singular and American spelling of single English words, for comparing names.

The results are keys, not texts to read: a rule may make a word that does not exist (`raise` becomes
`raize`) as long as it never makes one word of two that differ in meaning.
"""

from __future__ import annotations

import re
from functools import lru_cache

_IRREGULAR_PLURALS = {
    "analyses": "analysis",
    "appendices": "appendix",
    "axes": "axis",
    "buses": "bus",
    "caches": "cache",
    "children": "child",
    "cookies": "cookie",
    "corpora": "corpus",
    "criteria": "criterion",
    "crises": "crisis",
    "data": "data",
    "datasets": "dataset",
    "diagnoses": "diagnosis",
    "feet": "foot",
    "foci": "focus",
    "formulae": "formula",
    "genera": "genus",
    "halves": "half",
    "hypotheses": "hypothesis",
    "indices": "index",
    "knives": "knife",
    "leaves": "leaf",
    "lemmata": "lemma",
    "lenses": "lens",
    "lives": "life",
    "loci": "locus",
    "matrices": "matrix",
    "men": "man",
    "mice": "mouse",
    "minima": "minimum",
    "maxima": "maximum",
    "optima": "optimum",
    "movies": "movie",
    "neuroses": "neurosis",
    "nuclei": "nucleus",
    "parentheses": "parenthesis",
    "people": "person",
    "phenomena": "phenomenon",
    "polyhedra": "polyhedron",
    "quizzes": "quiz",
    "radii": "radius",
    "schemata": "schema",
    "selves": "self",
    "shelves": "shelf",
    "simplices": "simplex",
    "spectra": "spectrum",
    "stimuli": "stimulus",
    "strata": "stratum",
    "syntheses": "synthesis",
    "teeth": "tooth",
    "theses": "thesis",
    "vertices": "vertex",
    "viscera": "viscus",
    "vortices": "vortex",
    "wives": "wife",
    "wolves": "wolf",
    "women": "woman",
}
# Singular, though they end in an s that looks like a plural's.
_SINGULAR_IN_S = frozenset(
    [
        "alias",
        "always",
        "atlas",
        "bias",
        "canvas",
        "chaos",
        "cosmos",
        "ethos",
        "gas",
        "has",
        "his",
        "its",
        "lens",
        "mars",
        "pandas",
        "perhaps",
        "series",
        "species",
        "texas",
        "this",
        "thus",
        "towards",
        "was",
        "yes",
    ]
)
_BRITISH = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # modelling, labelled, signaller: one l in American spelling where a vowel stands before it.
        (r"(?<=[aeiou])ll(?=(?:ing|ed|er|ers|ation)$)", "l"),
        (r"is(?=(?:e|ed|er|es|ing|ation|able|ability)$)", "iz"),
        (r"ys(?=(?:e|ed|er|es|ing)$)", "yz"),
        (
            r"(behavi|endeav|neighb|splend|arm|fav|hum|hon|vap|tum|rum|lab|clam|harb|flav|cand|col|"
            r"sav|vig|rig)our",
            r"\1or",
        ),
        (r"(cent|fib|theat|spect|calib|met|lit)re$", r"\1er"),
        (r"(catal|anal|dial|prol|monol)ogue$", r"\1og"),
        (r"(def|off|lic|pret)ence$", r"\1ense"),
        (r"^artefact", "artifact"),
        (r"^grey", "gray"),
        (r"judgement", "judgment"),
        (r"^ageing$", "aging"),
        (r"^programme$", "program"),
        (r"^paediatr", "pediatr"),
        (r"sulph", "sulf"),
    )
)
# A quick look that spares most words the patterns above.
_MAY_BE_BRITISH = re.compile(
    r"ll(?:ing|ed|ers?|ation)$|[iy]s(?:e|ed|er|es|ing|ation|able|ability)$|our|re$|ogue$|ence$|"
    r"^(?:artefact|grey|ageing|programme|paediatr)|judgement|sulph"
)


def singular(word: str) -> str:
    """The singular of a lower-case word; words that are no plural come back as they are.

    Words of three letters and fewer are left alone (`gps`, `bus`).

    >>> [singular(w) for w in ("latencies", "analyses", "losses", "boxes", "bias", "cnns")]
    ['latency', 'analysis', 'loss', 'box', 'bias', 'cnn']
    """
    if word in _IRREGULAR_PLURALS:
        return _IRREGULAR_PLURALS[word]
    if len(word) < 4 or not word.endswith("s") or word in _SINGULAR_IN_S:
        return word
    if word.endswith(("ss", "us", "is", "ics")) or not word[-2].isalnum():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "shes", "zzes")):
        return word[:-2]
    if word.endswith("ches") or (word.endswith("oes") and len(word) > 5):
        return word[:-2]
    if word.endswith("ases") and word[:-2] in _SINGULAR_IN_S:
        return word[:-2]
    if word.endswith("uses") and word[-5:-4] not in ("a", "o", ""):
        return word[:-2] if len(word) > 6 else word[:-1]
    return word[:-1]


def american(word: str) -> str:
    """The American spelling of a lower-case word.

    >>> [american(w) for w in ("summarisation", "modelling", "colour", "analyse", "neural")]
    ['summarization', 'modeling', 'color', 'analyze', 'neural']
    """
    if _MAY_BE_BRITISH.search(word):
        for pattern, replacement in _BRITISH:
            word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=1 << 17)
def base_form(word: str) -> str:
    """Singular and American spelling of a lower-case word, applied until nothing changes.

    >>> base_form("tokenisers")
    'tokenizer'
    """
    if word[-1:] != "s" and word not in _IRREGULAR_PLURALS and not _MAY_BE_BRITISH.search(word):
        return word
    seen = {word}
    while (following := american(singular(word))) not in seen:
        seen.add(following)
        word = following
    return word
