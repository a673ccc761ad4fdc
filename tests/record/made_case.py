"""The smallest case file that says everything a case can say, for tests that harm it."""

from pathlib import Path

import pytest

from cuibono.errors import CaseError
from cuibono.model.case import Case
from cuibono.record.case_file import read_case

TEXT = """\
[case]
name = "made"
title = "A made case"
question = "Why?"
actor = "RUS"
recipient = "PAK"
from = 2012-01-01
to = 2023-01-01
compare = [["RUS", "IND"]]

[[document]]
id = "doc"
title = "A document"
author = "An author"
published = 2017-02-08

[[explanation]]
id = "pressure"
name = "Pressure"
mechanism = "It presses."
nearest_rival = "gain"
discriminator = "What it would do first."
prior = [0.2, 0.5]

[[explanation.prediction]]
lens = "third_party"
driver = ["IND", "USA"]
sign = 1
why = "It follows."

[[explanation]]
id = "gain"
name = "Gain"
mechanism = "It gains."
nearest_rival = "pressure"
discriminator = "Whether it pays."

[[evidence]]
id = "E1"
text = "Something was seen."
day = 2014-06-02
document = "doc"
locator = "paragraph 3"
holder = "the author"
origin = "O1"
judge = "us"
blank = ["gain"]

[evidence.likelihoods.pressure]
if_true = [0.5, 0.7]
if_false = [0.1, 0.2]
why = "Seldom otherwise."
"""


def write(folder: Path, text: str | bytes, name: str = "made.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def changed(old: str, new: str) -> str:
    """The made case with one piece of text in place of another."""
    assert TEXT.count(old) >= 1, old
    return TEXT.replace(old, new, 1)


def made(folder: Path, text: str = TEXT) -> Case:
    return read_case(write(folder, text))


def refused(path: Path) -> str:
    """The one line with which a file is refused, without the folder it lies in."""
    with pytest.raises(CaseError) as caught:
        read_case(path)
    said = str(caught.value)
    assert said.isprintable(), said
    assert said.startswith(str(path))
    return said.removeprefix(f"{path.parent}/")


def line_with(text: str, piece: str) -> int:
    """The line on which a piece of text stands."""
    return text[: text.index(piece)].count("\n") + 1
