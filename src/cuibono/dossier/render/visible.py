"""Characters that act on the page instead of standing on it are shown as a mark."""

from __future__ import annotations

# Controls, line separators, bidirectional embeddings, overrides and isolates, and lone
# surrogates. The plain marks U+200E and U+200F stay: Arabic and Hebrew names need them.
_ACTING = (
    *range(0x00, 0x09),
    *range(0x0B, 0x20),
    *range(0x7F, 0xA0),
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),
    0xFEFF,
    0xFFFE,
    0xFFFF,
)
_SHOWN = dict.fromkeys(_ACTING, "\ufffd")


def make_visible(text: str) -> str:
    r"""Replace characters that would act on the text around them.

    A right-to-left override in a title can make ``exe.gpj`` read as ``jpg.exe``,
    so the reader gets to see that something is there.

    Parameters
    ----------
    text : str
        Anything.

    Returns
    -------
    str
        The same, with U+FFFD for each control character other than tab and
        newline.

    Examples
    --------
    >>> make_visible("Moscow\u202e, 2016")
    'Moscow�, 2016'
    """
    return text.translate(_SHOWN)
