"""HTML as text: paragraphs of prose, without script, navigation and hidden parts.

The standard library's parser reads events rather than a tree, so that no depth of nesting
and no entity exhausts it, and nothing it meets is run or fetched.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from cuibono.reading.wordlists import word_set

# Their content is never prose.
SILENT = word_set("silent_element")
VOID = word_set("void_element")
BLOCKS = word_set("block_element")
HEADINGS = word_set("heading_element")
# A paragraph in which links hold more than this share of the letters leads elsewhere.
MOST_LINKED_SHARE = 0.6
SPACE = re.compile(r"\s+")


class ProseParser(HTMLParser):
    """Gathers paragraphs and what the page says of itself.

    Attributes
    ----------
    paragraphs : list of str
        In order, space collapsed.
    title, author, published : str
        From its head; empty where it does not say.
    skipped : dict of str to int
        How many elements of each silent kind were left out.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.title = self.author = self.published = ""
        self.skipped: dict[str, int] = {}
        self._silent: list[str] = []
        self._parts: list[str] = []
        self._linked = self._depth_of_links = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that opens.

        Parameters
        ----------
        tag : str
            In lower case.
        attrs : list of tuple
            Its attributes.
        """
        if tag == "meta":
            self._read_meta({name: value or "" for name, value in attrs})
        elif tag == "title":
            self._in_title = True
        elif tag in VOID and tag not in BLOCKS:
            return
        elif tag in SILENT or (self._silent and tag == self._silent[-1]) or _hidden(attrs):
            if tag not in VOID:
                self._silent.append(tag)
                self.skipped[tag] = self.skipped.get(tag, 0) + 1
        elif tag in BLOCKS:
            self._close()
            if tag in HEADINGS and not self._silent:
                self._parts.append("# ")
        elif tag == "a":
            self._depth_of_links += 1

    def handle_endtag(self, tag: str) -> None:
        """Note an element that closes.

        Parameters
        ----------
        tag : str
            In lower case.
        """
        if tag == "title":
            self._in_title = False
        elif tag in self._silent:
            while self._silent and self._silent.pop() != tag:
                continue
        elif tag in BLOCKS:
            self._close()
        elif tag == "a":
            self._depth_of_links = max(0, self._depth_of_links - 1)

    def handle_data(self, data: str) -> None:
        """Note a piece of text.

        Parameters
        ----------
        data : str
            As it stands between two elements.
        """
        if self._in_title:
            self.title += data
        elif not self._silent:
            self._parts.append(data)
            if self._depth_of_links:
                self._linked += len(data.strip())

    def close(self) -> None:
        """End the page, and with it the paragraph that was open."""
        super().close()
        self._close()

    def _close(self) -> None:
        text = SPACE.sub(" ", "".join(self._parts)).strip()
        if text and text != "#" and self._linked <= MOST_LINKED_SHARE * len(text):
            self.paragraphs.append(text)
        elif text.strip("# "):
            self.skipped["links"] = self.skipped.get("links", 0) + 1
        self._parts, self._linked = [], 0

    def _read_meta(self, attrs: dict[str, str]) -> None:
        name = (attrs.get("name") or attrs.get("property") or attrs.get("itemprop", "")).lower()
        content = attrs.get("content", "").strip()
        if name in {"author", "article:author", "dc.creator"} and "/" not in content:
            self.author = self.author or content
        elif name in {"article:published_time", "date", "dc.date", "datepublished", "pubdate"}:
            self.published = self.published or content[:10]


def _hidden(attrs: list[tuple[str, str | None]]) -> bool:
    for name, value in attrs:
        if name == "hidden" or (name == "aria-hidden" and value == "true"):
            return True
        if name == "style" and "display:none" in (value or "").replace(" ", "").lower():
            return True
    return False


def parse_html(markup: str) -> ProseParser:
    """Read a page.

    Parameters
    ----------
    markup : str
        The page's source.

    Returns
    -------
    ProseParser
        Its paragraphs, title, author and day.

    Examples
    --------
    >>> page = parse_html("<p>Russia <b>bombed</b> rebels.</p><script>alert(1)</script>")
    >>> page.paragraphs, page.skipped
    (['Russia bombed rebels.'], {'script': 1})
    """
    parser = ProseParser()
    parser.feed(markup)
    parser.close()
    return parser
