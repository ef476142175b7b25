"""Values on their way into the page: JSON, deflated, in base64, so nothing in them is markup."""

from __future__ import annotations

import base64
import json
import zlib


def pack(value: object) -> str:
    """`value` as the page's `DecompressionStream("deflate")` undoes it: letters, digits, + / and =.

    The same value gives the same text. Lone surrogates, which UTF-8 cannot hold, become `?`.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), 6)).decode("ascii")
