"""A text's lines as a Parquet file, block by block, whatever the lines hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cuibono.errors import SourceError
from cuibono.store.archive import read_files

SCHEMA = pa.schema([("line", pa.int64()), ("text", pa.string()), ("bytes", pa.binary())])
BLOCK_BYTES = 2**21
# GDELT has posted lines of 700 kB; what has no line end in this much is no table of text.
LONGEST_LINE_BYTES = 2**26


def write_lines(source: Path, target: Path) -> int:
    """Write a text as one row a line, in the memory of a few blocks.

    Splitting into fields happens in the expression that follows, so that a
    stray quote or a missing field costs its own line and no other. The
    engine's own CSV reader gives up the whole file over one bad byte, hence
    not used.

    Parameters
    ----------
    source : Path
        UTF-8 text, plain or packed.
    target : Path
        Parquet file to write, with columns `line` (1 for the first), `text`,
        in which U+FFFD stands where bytes are not UTF-8, and `bytes`: the line
        as it came, where `text` is not the same.

    Returns
    -------
    int
        Lines written.

    Raises
    ------
    SourceError
        If a line is too long for any table, or the archive is damaged.
    """
    count = 0
    with pq.ParquetWriter(
        target, SCHEMA, compression="none", use_dictionary=False, write_statistics=False
    ) as writer:
        for lines in read_lines(source):
            writer.write_table(lines)
            count += lines.num_rows
    return count


def read_lines(source: Path) -> Iterator[pa.Table]:
    """Read a text as one row a line, block by block.

    Parameters
    ----------
    source : Path
        UTF-8 text, plain or packed.

    Yields
    ------
    pyarrow.Table
        Columns of `SCHEMA`, as `write_lines` writes them; numbers go on from one
        block to the next.

    Raises
    ------
    SourceError
        If a line is too long for any table, or the archive is damaged.
    """
    count = 0
    for block in blocks_of(source):
        text, raw = _split(block)
        numbers = pa.array(np.arange(count + 1, count + len(text) + 1))
        yield pa.table([numbers, text, raw], schema=SCHEMA)
        count += len(text)


def blocks_of(source: Path) -> Iterator[bytes]:
    """Read a text in blocks that end where lines do.

    Parameters
    ----------
    source : Path
        Plain or packed.

    Yields
    ------
    bytes
        Whole lines; the last block may lack its line end.

    Raises
    ------
    SourceError
        If a line is longer than `LONGEST_LINE_BYTES`.
    """
    for stream in read_files(source):
        yield from _whole_lines(source, stream)


def _whole_lines(source: Path, stream: IO[bytes]) -> Iterator[bytes]:
    rest: list[bytes] = []
    while block := stream.read(BLOCK_BYTES):
        cut = block.rfind(b"\n") + 1
        if cut:
            yield b"".join([*rest, block[:cut]])
            rest = []
        rest.append(block[cut:])
        if sum(map(len, rest)) > LONGEST_LINE_BYTES:
            raise SourceError(
                f"{source}: a line is longer than {LONGEST_LINE_BYTES:,} bytes;"
                " this is no table of text. Fetch the file again."
            )
    if any(rest):
        yield b"".join(rest)


def _split(block: bytes) -> tuple[pa.Array, pa.Array]:
    """Split a block into texts, and the bytes of those that are not UTF-8."""
    body = block.removesuffix(b"\n")
    try:
        whole = pa.array([body], pa.large_binary()).cast(pa.large_string())
    except pa.ArrowInvalid:
        return _split_damaged(body)
    text = pc.split_pattern(whole, "\n").flatten()
    if b"\r" in block:
        text = pc.ascii_rtrim(text, "\r")
    return text.cast(pa.string()), pa.nulls(len(text), pa.binary())


def _split_damaged(body: bytes) -> tuple[pa.Array, pa.Array]:
    lines = [line.rstrip(b"\r") for line in body.split(b"\n")]
    text = [line.decode("utf-8", "replace") for line in lines]
    raw = [
        None if said.encode() == line else line for said, line in zip(text, lines, strict=True)
    ]
    return pa.array(text, pa.string()), pa.array(raw, pa.binary())
