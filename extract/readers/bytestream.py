"""The bytes of one file: decompressed, in UTF-8, a piece at a time, its head known beforehand."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from typing import TYPE_CHECKING, BinaryIO

import zstandard

from extract.readers.raw import EXCERPT_LENGTH, MAX_RECORD_BYTES, BadRecord, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

HEAD_BYTES = 64 * 1024
"""How much of a file decides on its format."""

_CHUNK_BYTES = 256 * 1024
_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
# The limit of the `zstd` command: a frame that asks for more could take gigabytes of memory.
_ZSTD_WINDOW = 2**27
# One block of a zstd frame takes at least four bytes and gives at most 128 kB, so that a piece of
# this size gives at most 8 MB, whatever it holds.
_ZSTD_PIECE = 256
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A byte that UTF-8 never has: marks what could not be decoded, so that its record is refused.
_UNDECODABLE = b"\xff"


class ByteStream:
    """One file as it is read; can be read once.

    What is compressed (gzip, zstd) is decompressed; UTF-16 with a byte order mark becomes UTF-8,
    and the mark is taken away. In lines, bytes that are no UTF-8 become lone
    surrogates (`surrogateescape`), by which their record is refused later.

    Attributes:
        head: how the file begins, `HEAD_BYTES` of it or all.
        whole: whether `head` is all.
        transcoded: whether the file had another encoding than UTF-8.
        failure: why the rest cannot be read, once reading has come to such a place.
        bad_lines: lines too long to be held, refused by `lines`.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.failure: str | None = None
        self.bad_lines: list[BadRecord] = []
        self._chunks = self._guarded(file)
        raw = self._take_head()
        encoding = "utf-8"
        for mark, name in _BYTE_ORDER_MARKS:
            if raw.startswith(mark):
                encoding, raw = name, raw[len(mark) :]
                break
        self.transcoded = encoding != "utf-8"
        if self.transcoded:
            self._chunks = _to_utf8(raw, self._chunks, encoding)
            raw = self._take_head()
        if b"\r" in raw and b"\n" not in raw:
            self._chunks = (chunk.replace(b"\r", b"\n") for chunk in self._chunks)
            raw = raw.replace(b"\r", b"\n")
        self._pending = raw
        self.head = raw[:HEAD_BYTES]
        self.whole = len(raw) < HEAD_BYTES

    def chunks(self) -> Iterator[bytes]:
        """The content from its beginning, in pieces."""
        pending, self._pending = self._pending, b""
        yield pending
        yield from self._chunks

    def lines(self) -> Iterator[tuple[int, str]]:
        """Line numbers, from 1, and lines without their end.

        A line of more than `MAX_RECORD_BYTES` is left out and put into `bad_lines`; the piece of
        a line before a failure is left out.
        """
        number = 0
        pieces: list[bytes] = []
        held = 0
        for chunk in self.chunks():
            first, *others = chunk.split(b"\n")
            if held < MAX_RECORD_BYTES:
                pieces.append(first)
            held += len(first)
            for piece in others:
                number += 1
                yield from self._line(number, b"".join(pieces), held)
                pieces, held = [piece], len(piece)
        if held and self.failure is None:
            yield from self._line(number + 1, b"".join(pieces), held)

    def _line(self, number: int, line: bytes, length: int) -> Iterator[tuple[int, str]]:
        if length < MAX_RECORD_BYTES:
            # Files put together one after another may each have brought their mark.
            text = line.removesuffix(b"\r").removeprefix(codecs.BOM_UTF8)
            yield number, text.decode("utf-8", "surrogateescape")
            return
        begin = line[: 4 * EXCERPT_LENGTH].decode("utf-8", "surrogateescape")
        reason = f"a line of {length:,} bytes, where at most {MAX_RECORD_BYTES:,} are expected"
        self.bad_lines.append(BadRecord(number, reason, excerpt(begin)))

    def _take_head(self) -> bytes:
        head = b""
        for chunk in self._chunks:
            head += chunk
            if len(head) >= HEAD_BYTES:
                break
        return head

    def _guarded(self, file: BinaryIO) -> Iterator[bytes]:
        """The decompressed chunks; what goes wrong ends them and is kept in `failure`."""
        try:
            yield from _decompressed(file)
        except (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError) as exc:
            self.failure = f"the compressed data end early or are damaged ({exc})"
        except OSError as exc:
            self.failure = f"the file cannot be read: {exc.strerror or exc}"


def _decompressed(file: BinaryIO) -> Iterator[bytes]:
    magic = file.read(4)
    rest = io.BufferedReader(_Rejoined(magic, file), _CHUNK_BYTES)
    if magic.startswith(_GZIP_MAGIC):
        with gzip.GzipFile(fileobj=rest) as archive:
            # `read1`, since `read` loses what it has when the data end early.
            yield from iter(lambda: archive.read1(_CHUNK_BYTES), b"")
    elif magic == _ZSTD_MAGIC:
        yield from _unzstd(rest)
    else:
        yield from iter(lambda: rest.read(_CHUNK_BYTES), b"")


def _unzstd(file: BinaryIO) -> Iterator[bytes]:
    decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    frame = decompressor.decompressobj()
    for chunk in iter(lambda: file.read(_CHUNK_BYTES), b""):
        for start in range(0, len(chunk), _ZSTD_PIECE):
            piece = chunk[start : start + _ZSTD_PIECE]
            while piece:
                if frame.eof:
                    frame = decompressor.decompressobj()
                data = frame.decompress(piece)
                piece = frame.unused_data if frame.eof else b""
                if data:
                    yield data
    if not frame.eof:
        raise EOFError("zstd frame without its end")


class _Rejoined(io.RawIOBase):
    """A file of which the first bytes were read already; they come again."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head = head
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._head[: len(view)] or self._file.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(data)] = data
        return len(data)


def _to_utf8(first: bytes, chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    try:
        yield decoder.decode(first).encode("utf-8", "surrogatepass")
        for chunk in chunks:
            yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
        yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        yield _UNDECODABLE
