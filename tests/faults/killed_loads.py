"""Loads killed at chosen moments, each in a process of its own; run as a child of the tests.

    python killed_loads.py FOLDER steps|moments COUNT [--in-place]

The process imports everything and loads once itself, so that its children know how; then it
lets go of its engines and their threads, so that it can fork. One child loads and dies, another
resumes and checks. Prints what was violated as a JSON list.
"""

import gc
import json
import os
import random
import resource
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.store.made_files import event, load_lines, loaded_only, rows_of, tab_file

from cuibono.errors import StoreError
from cuibono.store import commit, manifest
from cuibono.store.load import load
from cuibono.store.store import open_store
from cuibono.store.verify import verify

SEED = 20150930
FIRST, SECOND = range(1, 30), range(20, 60)
KEYS = sorted(f"{number}|2015-03-02" for number in {*FIRST, *SECOND})
# What the system is asked to do to files; before each of them a process may die.
STEPS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate")
HALF = "half a manifest"


def write_inputs(folder: Path) -> None:
    for name, numbers in (("first", FIRST), ("second", SECOND)):
        tab_file(folder / f"{name}.tab", [*map(event, numbers), "a short line"])


def load_both(folder: Path) -> None:
    for name in ("first", "second"):
        load(open_store(folder / "store"), "icews", folder / f"{name}.tab")


def warm_up(folder: Path) -> None:
    """Work out once what every child would: how the layout is read, in the engine's words."""
    folder.mkdir()
    write_inputs(folder)
    load_both(folder)
    check(folder)
    shutil.rmtree(folder)
    gc.collect()


def check(folder: Path) -> list[str]:
    """Say what is wrong in a store that a killed load left, before and after it resumes."""
    wrong = []
    for snapshot in manifest.read_manifest(folder / "store"):
        found = rows_of(loaded_only(folder))
        if not {row["row"] for row in found} <= set(KEYS):
            wrong.append(f"{snapshot.name}: rows from nowhere")
    wrong += [f"before resuming: {damage}" for damage in verify(folder / "store")]
    load_both(folder)
    keys = [row["row"] for row in rows_of(loaded_only(folder))]
    if keys != KEYS:
        wrong.append(
            f"{len(KEYS)} rows wanted, {len(keys)} found, {len(set(keys))} of them once"
        )
    wrong += [f"after resuming: {damage}" for damage in verify(folder / "store")]
    names = {s.name for s in manifest.read_manifest(folder / "store")}
    files = [path for path in (folder / "store").rglob("*") if path.is_file()]
    wrong += [f"left over: {path.name}" for path in files if path.stem not in names]
    return wrong


def in_child(work: Callable[[], object]) -> tuple[int, int]:
    """Start work in a child; its answer comes as JSON through a pipe."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            said = work()
        except BaseException as error:  # noqa: BLE001  -- whatever it is, it is told
            said = [f"{type(error).__name__}: {error}"]
        os.write(write, json.dumps(said).encode())
        os._exit(0)
    os.close(write)
    return child, read


def answer(child: int, read: int) -> object:
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else None


def dying_at(step: int, folder: Path, *, wrong: bool) -> Callable[[], object]:
    """Load, and die before one of the steps that touch files; count them if never."""

    def work() -> int:
        seen = 0

        def watch(name: str, given: tuple[object, ...]) -> None:
            nonlocal seen
            if name == HALF if wrong else name in STEPS and str(folder) in str(given[0]):
                seen += 1
                if seen == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        load_both(folder)
        return seen

    return work


def in_place(folder: Path, snapshot: manifest.Snapshot) -> None:
    """Write a manifest where it belongs, bit by bit: what must be caught as wrong."""
    path = manifest.manifest_file(folder, snapshot)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = manifest.manifest_text(snapshot)
    with path.open("w", encoding="utf-8") as file:
        file.write(text[: len(text) // 2])
        file.flush()
        sys.audit(HALF)
        file.write(text[len(text) // 2 :])


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder / "store", ignore_errors=True)
    return folder


def kill_at_steps(folder: Path, count: int, *, wrong: bool) -> list[object]:
    steps = answer(*in_child(dying_at(0, fresh(folder), wrong=wrong)))
    assert isinstance(steps, int), steps
    assert wrong or steps > 20, steps
    violations: list[object] = []
    for turn in range(count):
        spread = turn * (steps - 1) // max(count - 1, 1)
        step = 1 + (spread if count < steps else turn % steps)
        died = answer(*in_child(dying_at(step, fresh(folder), wrong=wrong)))
        assert died is None, died
        violations += [[step, said] for said in said_by_check(folder)]
    return violations


def kill_at_moments(folder: Path, count: int) -> list[object]:
    draw, violations = random.Random(SEED), []
    began = time.monotonic()
    answer(*in_child(lambda: load_both(fresh(folder))))
    lasts = time.monotonic() - began
    for _ in range(count):
        moment = draw.uniform(0, lasts)
        child, read = in_child(lambda: load_both(fresh(folder)))
        # Nothing comes through the pipe before the load is over.
        select.select([read], [], [], moment)
        os.kill(child, signal.SIGKILL)
        answer(child, read)
        violations += [[round(moment, 3), said] for said in said_by_check(folder)]
    return violations


def said_by_check(folder: Path) -> list[str]:
    said = answer(*in_child(lambda: check(folder)))
    return said if isinstance(said, list) else ["the check itself died"]


def two_at_once(folder: Path) -> list[object]:
    """Load both files in both of two processes."""
    fresh(folder)
    pair = [in_child(lambda: load_both(folder)) for _ in range(2)]
    said = [answer(*one) for one in pair]
    return [told for told in said if told is not None] + list(said_by_check(folder))


def full_disk(folder: Path, allowed: int) -> list[object]:
    """Load where no file may grow past a size, as on a full disk."""

    def work() -> str:
        load_lines(folder, [event(999)], "kept")
        before = manifest.read_manifest(folder / "store")
        resource.setrlimit(resource.RLIMIT_FSIZE, (allowed, allowed))
        try:
            load_both(folder)
        except StoreError as error:
            whole = manifest.read_manifest(folder / "store") == before
            left = (folder / "store" / "unfinished").exists()
            return str(error) if whole and not left else "the store has changed"
        return "nothing failed"

    fresh(folder)
    return [answer(*in_child(work))]


def main(folder: Path, mode: str, count: int, *, wrong: bool) -> list[object]:
    warm_up(folder / "warm")
    write_inputs(folder)
    if wrong:
        commit.write_manifest = in_place
    modes: dict[str, Callable[[], list[object]]] = {
        "steps": lambda: kill_at_steps(folder, count, wrong=wrong),
        "moments": lambda: kill_at_moments(folder, count),
        "two": lambda: two_at_once(folder),
        "full": lambda: full_disk(folder, count),
    }
    return modes[mode]()


if __name__ == "__main__":
    place, chosen, number = sys.argv[1:4]
    found = main(Path(place), chosen, int(number), wrong="--in-place" in sys.argv)
    sys.stdout.write(json.dumps(found))
