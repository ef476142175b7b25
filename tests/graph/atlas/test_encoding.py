from __future__ import annotations

import base64
import json
import zlib

from hypothesis import given
from hypothesis import strategies as st

from graph.atlas.encoding import pack

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_what_is_packed_can_be_unpacked_and_holds_no_markup(value: object) -> None:
    packed = pack(value)
    assert not set(packed) & set("<>&\"'-")
    assert json.loads(zlib.decompress(base64.b64decode(packed))) == value


def test_a_lone_surrogate_does_not_stop_it() -> None:
    assert json.loads(zlib.decompress(base64.b64decode(pack("a\ud83d")))) == "a?"
