"""The text of a PDF, page by page."""

from __future__ import annotations

from pathlib import Path

from cuibono.errors import DocumentError

MOST_PAGES = 5_000


def extract_pdf(path: Path, most: int) -> str:
    """Give the text of a PDF; run it confined, for a PDF may be made to exhaust its reader.

    Parameters
    ----------
    path : Path
        The file.
    most : int
        Characters after which it is cut off.

    Returns
    -------
    str
        Pages parted by an empty line.

    Raises
    ------
    DocumentError
        If the extra is not installed, the file is encrypted, or it has too many pages.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise DocumentError(
            "PDF needs the extra: pip install 'cuibono[documents]'. Or save it as text."
        ) from error
    try:
        reader = PdfReader(path)
        if reader.is_encrypted:
            raise DocumentError("the file is encrypted. Save a copy without its password.")
        if len(reader.pages) > MOST_PAGES:
            raise DocumentError(
                f"{len(reader.pages):,} pages; at most {MOST_PAGES:,} are read."
            )
        parts: list[str] = []
        for page in reader.pages:
            parts.append(page.extract_text())
            if sum(map(len, parts)) > most:
                break
    except (PyPdfError, ValueError, KeyError, RecursionError) as error:
        raise DocumentError("the PDF is damaged.") from error
    return "\n\n".join(parts)[:most]
