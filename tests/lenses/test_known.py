"""Lenses are found by name: ours in a fixed order, others through entry points."""

import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from cuibono.lenses import known
from cuibono.lenses.known import GROUP, known_lenses


def test_names_are_unique() -> None:
    names = [lens.name for lens in known_lenses()]
    assert len(set(names)) == len(names)


def test_a_lens_of_another_package_comes_after_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = EntryPoint("third", "cuibono.lenses.third_party:ThirdParty", GROUP)
    monkeypatch.setattr(known, "entry_points", lambda group: [theirs][: group == GROUP])
    ours = known_lenses()
    assert [lens.name for lens in known_lenses.__wrapped__()] == [
        *(lens.name for lens in ours),
        "third_party",
    ]


def test_all_lenses_together_do_without_the_slow_half_of_scipy() -> None:
    code = "import sys, cuibono.lenses.known; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert {"scipy.stats", "scipy.optimize"}.isdisjoint(ran.stdout.split())
