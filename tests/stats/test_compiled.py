"""A compiled loop answers as the function it was made from, with or without a compiler."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.stats.compiled import can_compile, compiled

LOOP = """
from cuibono.stats.compiled import can_compile, compiled

@compiled
def total(values):
    sum = 0.0
    for value in values:
        sum += value
    return sum
"""


def add_up(values: np.ndarray) -> float:
    total = 0.0
    for value in values:
        total += value
    return total


compiled_add_up = compiled(add_up)
# The first call compiles, for longer than a property test may take.
compiled_add_up(np.ones(1))


@given(st.lists(st.floats(-1e9, 1e9), min_size=1))
def test_a_sum_is_taken_in_the_order_in_which_it_stands(values: list[float]) -> None:
    array = np.array(values)
    assert compiled_add_up(array) == add_up(array)


def run(folder: Path, code: str, **environment: str) -> str:
    (folder / "loops.py").write_text(LOOP, "utf-8")
    command = [sys.executable, "-c", f"import numpy, loops; {code}"]
    ran = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def test_machine_code_is_kept_beside_its_file(tmp_path: Path) -> None:
    assert run(tmp_path, "print(loops.total(numpy.ones(3)))") == "3.0"
    assert list((tmp_path / "__pycache__").glob("loops.total*.nbc"))


def test_told_to_do_without_a_compiler_it_does(tmp_path: Path) -> None:
    said = run(
        tmp_path,
        "print(loops.can_compile(), loops.total(numpy.ones(3)), type(loops.total).__name__)",
        NUMBA_DISABLE_JIT="1",
    )
    assert said == "False 3.0 function"


def test_without_numba_the_function_stays_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    assert not can_compile()
    assert compiled(add_up) is add_up


def test_a_function_that_cannot_be_kept_is_compiled_all_the_same() -> None:
    names: dict[str, object] = {}
    exec("def double(x):\n    return 2 * x", names)
    assert compiled(names["double"])(4) == 8  # type: ignore[type-var, operator]
