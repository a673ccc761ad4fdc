"""PDF and DOCX, parsed in a child process that may use so much time and memory, and no more.

The child has no network of ours to reach, writes nothing but text to its standard output,
and is killed when it passes a limit; the parent reads text or a one-line reason.
"""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from pathlib import Path

from cuibono.errors import DocumentError

SECONDS = 30
MEMORY_BYTES = 1_500_000_000
MOST_CHARACTERS = 20_000_000
REFUSED = 3


def _confine() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_confined(path: Path) -> str:
    """Read the text of a PDF or DOCX file.

    Parameters
    ----------
    path : Path
        Its suffix says which.

    Returns
    -------
    str
        Paragraphs, an empty line between them.

    Raises
    ------
    DocumentError
        If the parser failed, passed a limit, or the extra that reads PDF is not installed.
    """
    command = [sys.executable, "-m", "cuibono.reading.confined", str(path)]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=2 * SECONDS, preexec_fn=_confine, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentError(f"{path}: not read within {2 * SECONDS} seconds.") from error
    if done.returncode == 0:
        return done.stdout.decode("utf-8", "replace")
    raise DocumentError(f"{path}: {_reason(done)}")


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        return f"the parser used more than {SECONDS} seconds and was stopped."
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if done.returncode == REFUSED and said:
        return said[-1]
    if any("MemoryError" in line for line in said):
        return f"the parser asked for more than {MEMORY_BYTES // 1_000_000:,} MB of memory."
    return "the file is damaged, or not of the format that its name says."


def extract(path: Path) -> str:
    """Parse a file; runs in the child.

    Parameters
    ----------
    path : Path
        PDF or DOCX.

    Returns
    -------
    str
        Its text, cut off at `MOST_CHARACTERS`.
    """
    if path.suffix.lower() == ".pdf":
        from cuibono.reading.pdf import extract_pdf

        return extract_pdf(path, MOST_CHARACTERS)
    from cuibono.reading.docx import extract_docx

    return extract_docx(path, MOST_CHARACTERS)


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(extract(Path(sys.argv[1])).encode("utf-8", "replace"))
    except DocumentError as refused:
        sys.stderr.write(f"{refused}\n")
        raise SystemExit(REFUSED) from None
