from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
import zstandard

from tests.extract.readers.reading import OTHER, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINES = [
    json.dumps({"title": f"T{number}", "abstract": f"{OTHER} {number * 7919}"})
    for number in range(4000)
]
CONTENT = ("\n".join(LINES) + "\n").encode()
COMPRESSIONS = {"gzip": gzip.compress, "zstd": zstandard.compress}


@pytest.fixture(params=list(COMPRESSIONS.values()), ids=list(COMPRESSIONS))
def compress(request: pytest.FixtureRequest) -> Callable[[bytes], bytes]:
    chosen: Callable[[bytes], bytes] = request.param
    return chosen


def test_compressed_file(tmp_path: Path, compress: Callable[[bytes], bytes]) -> None:
    papers, rejects = read(tmp_path, compress(CONTENT))
    assert len(papers) == len(LINES)
    assert rejects == []


def test_compressed_parts_one_after_another(
    tmp_path: Path, compress: Callable[[bytes], bytes]
) -> None:
    papers, rejects = read(tmp_path, compress(CONTENT) + compress(CONTENT))
    assert len(papers) == 2 * len(LINES)
    assert rejects == []


@pytest.mark.parametrize("share", [0.5, 0.9, 0.9999])
def test_cut_file_keeps_what_was_read_before(
    tmp_path: Path, compress: Callable[[bytes], bytes], share: float
) -> None:
    whole = compress(CONTENT)
    papers, rejects = read(tmp_path, whole[: int(len(whole) * share)])
    assert 0 < len(papers) <= len(LINES)
    assert [p.title for p in papers] == [f"T{number}" for number in range(len(papers))]
    assert ["end early" in r.reason for r in rejects] == [True]


def test_record_that_may_be_cut_off_is_refused(tmp_path: Path) -> None:
    text = "".join(f"TY  - A\nTI  - T{n}\nAB  - {OTHER}\n{OTHER}\nER  -\n" for n in range(3000))
    whole = gzip.compress(text.encode())
    papers, rejects = read(tmp_path, whole[: len(whole) // 2])
    assert len(papers) > 0
    assert {p.abstract for p in papers} == {f"{OTHER}\n{OTHER}"}
    assert len(rejects) == 2


def test_damaged_file(tmp_path: Path, compress: Callable[[bytes], bytes]) -> None:
    whole = bytearray(compress(CONTENT))
    middle = len(whole) // 2
    whole[middle : middle + 50] = bytes(50)
    papers, rejects = read(tmp_path, bytes(whole))
    assert len(papers) < len(LINES)
    assert len(rejects) >= 1


def test_zstd_frame_that_asks_for_too_much_memory_is_refused(tmp_path: Path) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=30)
    compressor = zstandard.ZstdCompressor(compression_params=parameters)
    streamed = compressor.compressobj()
    papers, rejects = read(tmp_path, streamed.compress(CONTENT) + streamed.flush())
    assert papers == []
    assert len(rejects) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks(tmp_path: Path, encoding: str) -> None:
    text = json.dumps({"title": "Bienenzählen 🐝", "abstract": OTHER}, ensure_ascii=False)
    papers, rejects = read(tmp_path, f"{text}\n{text}\n".encode(encoding))
    assert [p.title for p in papers] == ["Bienenzählen 🐝"] * 2
    assert rejects == []


def test_cut_utf16_costs_its_last_record(tmp_path: Path) -> None:
    text = f"{LINES[0]}\n{LINES[1]}"
    papers, rejects = read(tmp_path, text.encode("utf-16")[:-1])
    assert [p.title for p in papers] == ["T0"]
    assert [r.line for r in rejects] == [2]


def test_line_ends_of_old_macs(tmp_path: Path) -> None:
    papers, _ = read(tmp_path, f"{LINES[0]}\r{LINES[1]}\r")
    assert [p.title for p in papers] == ["T0", "T1"]


def test_line_too_long_to_hold_costs_that_line_only(tmp_path: Path) -> None:
    content = LINES[0].encode()
    papers, rejects = read(tmp_path, content + b"\n" + b"x" * 33 * 2**20 + b"\n" + content + b"\n")
    assert [p.title for p in papers] == ["T0", "T0"]
    assert [r.line for r in rejects] == [2]
    assert len(rejects[0].excerpt) == 200


def test_marks_of_files_that_were_put_together_are_taken_away(tmp_path: Path) -> None:
    line = json.dumps({"title": "Bees", "abstract": "Bees hum."})
    papers, rejects = read(tmp_path, f"\ufeff{line}\n\ufeff{line}\n")
    assert [p.title for p in papers] == ["Bees", "Bees"]
    assert rejects == []
