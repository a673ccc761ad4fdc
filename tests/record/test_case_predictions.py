"""Predictions of a case file: each lens gets what it needs, and a fault names its line."""

from pathlib import Path

import pytest
from tests.dossier.small_case import small_case, write_case

from cuibono.errors import CaseError
from cuibono.model.case import Expectation
from cuibono.record.case_file import read_case

HEAD = '\n[[explanation.prediction]]\nsign = 1\nwhy = "It should."\n'


def expecting(folder: Path, *lines: str) -> tuple[Expectation, ...]:
    """Add a prediction to the first explanation of the small case."""
    text = small_case(drivers=())
    at = text.index("[[explanation]]", text.index("[[explanation]]") + 1)
    text = text[:at] + HEAD + "\n".join(lines) + "\n" + text[at:]
    return read_case(write_case(folder, text)).explanations[0].expectations


GOOD = {
    "linkage of a relation": ('lens = "linkage"', 'driver = ["IND", "USA"]'),
    "linkage of a party": ('lens = "linkage"', 'party = "IND"'),
    "latency": ('lens = "latency"', 'item = "recipient"'),
    "declared and done": ('lens = "declared_done"',),
    "double standard": ('lens = "double_standard"', 'party = "IND"'),
    "instruments": ('lens = "instruments"', 'item = "delivered"'),
    "turning points": ('lens = "turning_points"', "windows = [[2021-03-01, 2022-03-01]]"),
}


@pytest.mark.parametrize("kind", GOOD)
def test_each_lens_is_read(kind: str, tmp_path: Path) -> None:
    (one,) = expecting(tmp_path, *GOOD[kind])
    assert f'"{one.lens}"' in GOOD[kind][0]
    assert one.sign == 1


def test_actors_and_days_are_resolved(tmp_path: Path) -> None:
    (one,) = expecting(tmp_path, *GOOD["linkage of a relation"])
    assert str(one.relation) == "IND→USA"
    (other,) = expecting(tmp_path, *GOOD["turning points"])
    assert str(other.windows[0]) == "2021-03-01 to 2022-02-28"


FAULTS = {
    "no driver": (('lens = "third_party"',), "third_party needs `driver`"),
    "neither": (('lens = "linkage"',), "linkage needs `driver` or `party`"),
    "both": (
        ('lens = "linkage"', 'party = "IND"', 'driver = ["IND", "USA"]'),
        "linkage needs `driver` or `party`",
    ),
    "one too many": (
        ('lens = "instruments"', 'item = "delivered"', 'party = "IND"'),
        "a prediction of instruments has no 'party'",
    ),
    "an unknown item": (
        ('lens = "instruments"', 'item = "deliverd"'),
        "no item 'deliverd'. Did you mean delivered?",
    ),
    "an unknown path": (('lens = "path"', 'item = "x"'), "no item 'x'"),
    "an unknown actor": (('lens = "double_standard"', 'party = "INDD"'), "no actor 'INDD'"),
    "an unknown lens": (('lens = "mirror"',), "lens: Input should be"),
    "a window backwards": (
        ('lens = "turning_points"', "windows = [[2022-01-01, 2021-01-01]]"),
        "2021-01-01 is not after 2022-01-01",
    ),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_one_line_with_its_place(kind: str, tmp_path: Path) -> None:
    lines, said = FAULTS[kind]
    with pytest.raises(CaseError) as caught:
        expecting(tmp_path, *lines)
    assert said in str(caught.value)
    assert f"{tmp_path / 'small.toml'}:" in str(caught.value)
    assert str(caught.value).isprintable()
