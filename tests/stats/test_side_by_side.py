"""Sums over many drivers side by side are those of each alone, compiled or not."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.side_by_side import (
    LANES,
    move_each,
    multiply_each,
    project_each,
    read_each,
    square_each,
)


def both(loop: Callable[..., None]) -> list[Callable[..., None]]:
    return [loop, getattr(loop, "py_func", loop)]


def white(seed: int, used: int, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Columns of each driver, and their products with two orthonormal ones."""
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(used, m, LANES))
    basis = np.linalg.qr(rng.normal(size=(used, 2)))[0]
    return columns, np.einsum("tq,tml->qml", basis, columns)


def products_of(columns: np.ndarray, along: np.ndarray) -> np.ndarray:
    inner = np.einsum("tal,tbl->abl", columns, columns)
    return inner - np.einsum("qal,qbl->abl", along, along)


@pytest.mark.parametrize("loop", both(multiply_each))
@pytest.mark.parametrize("used", [8, 11])
def test_products_are_those_without_the_controls(loop: Callable[..., None], used: int) -> None:
    columns, along = white(1, used, 3)
    found = np.full((3, 3, LANES), np.nan)
    loop(columns, along, found)
    assert np.allclose(found, products_of(columns, along), atol=1e-12)


@pytest.mark.parametrize("loop", both(project_each))
@pytest.mark.parametrize("used", [8, 11])
def test_projections_are_products_with_what_all_share(
    loop: Callable[..., None], used: int
) -> None:
    columns, _ = white(7, used, 3)
    sides, found = np.random.default_rng(7).normal(size=(used, 2)), np.empty((2, 3, LANES))
    loop(columns, sides, found)
    assert np.allclose(found, np.einsum("ts,tml->sml", sides, columns), atol=1e-12)


@pytest.mark.parametrize("loop", both(square_each))
def test_squares_are_the_diagonal_of_the_products(loop: Callable[..., None]) -> None:
    columns, along = white(2, 9, 4)
    found = np.full((4, LANES), np.nan)
    loop(columns, along, found)
    expected = np.einsum("aal->al", products_of(columns, along))
    assert np.allclose(found, expected, atol=1e-12)


@pytest.mark.parametrize("loop", both(read_each))
def test_a_readout_is_the_share_of_the_even_response(loop: Callable[..., None]) -> None:
    parts, _ = white(5, 9, 4)
    parts[:, :, 7] = 0
    even, found = np.array([0.5, -2.0]), np.full((4, LANES), np.nan)
    loop(parts, even, found)
    evenly = np.einsum("p,tpl->tl", even, parts[:, :2])
    length = np.maximum(np.linalg.norm(evenly, axis=0), 1e-12)
    assert np.allclose(found, np.einsum("tpl,tl->pl", parts, evenly) / length, atol=1e-12)
    assert (found[:, 7] == 0).all()


@pytest.mark.parametrize("loop", both(move_each))
def test_a_driver_is_centred_on_what_was_observed(loop: Callable[..., None]) -> None:
    drivers = np.full((4, LANES), np.nan)
    drivers[:, 3], drivers[:, 5] = [1.0, np.nan, 5.0, 7.0], 0.1
    moved, size = np.empty((4, 2, LANES)), np.empty((2, LANES))
    loop(drivers, np.array([[-1, 0, 1, 2], [0, 1, 2, 3]]), moved, size)
    assert moved[:, 0, 3].tolist() == [0.0, -2.0, 0.0, 2.0]
    assert moved[:, 1, 3] == pytest.approx([-10 / 3, 0, 2 / 3, 8 / 3])
    assert size[:, 3] == pytest.approx([8.0, (moved[:, 1, 3] ** 2).sum()])
    others = np.delete(np.arange(LANES), 3)
    assert not moved[:, :, others].any()
    assert not size[:, others].any()


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(LANES)), st.integers(1, 6), st.integers(1, 13))
def test_the_order_of_drivers_changes_no_bit(order: list[int], m: int, used: int) -> None:
    columns, along = white(6, used + 2, m)
    found = np.empty((2, m, m, LANES))
    multiply_each(columns, along, found[0])
    multiply_each(
        np.ascontiguousarray(columns[:, :, order]),
        np.ascontiguousarray(along[:, :, order]),
        found[1],
    )
    assert (found[0][:, :, order] == found[1]).all()
