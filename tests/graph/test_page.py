from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import PaperkgError
from graph.page import compose, pyvis_drawing, script_json

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@given(ANY_TEXT)
def test_json_for_a_script_is_ascii_without_markup_and_means_the_same(text: str) -> None:
    written = script_json({"a": text})
    assert written.isascii()
    assert not set(written) & set("<>&")
    assert json.loads(written) == {"a": text}


def test_the_title_is_text() -> None:
    html = compose(pyvis_drawing([], []), "<b>&\n", "", {})
    assert "<title>&lt;b&gt;&amp;</title>" in html


def test_a_page_of_another_form_names_the_version_to_install() -> None:
    with pytest.raises(PaperkgError, match=r"pip install pyvis==0\.3\.2"):
        compose("<html><body></body></html>", "Tea", "", {})
