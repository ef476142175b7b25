from __future__ import annotations

import gc

import pytest

from extract.collection import collection_paused


@collection_paused()
def collects() -> bool:
    return gc.isenabled()


def test_a_function_runs_without_collection() -> None:
    assert not collects()
    assert gc.isenabled()


def test_collection_is_back_after_an_error() -> None:
    with pytest.raises(KeyError), collection_paused():
        raise KeyError
    assert gc.isenabled()


def test_collection_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        assert not collects()
        assert not gc.isenabled()
    finally:
        gc.enable()
