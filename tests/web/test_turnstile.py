"""One question at a time, a few that wait, and a clear word to the rest."""

from threading import Event, Thread

import pytest

from cuibono.errors import BusyError
from cuibono.web.turnstile import Turnstile


def occupy(turnstile: Turnstile, leave: Event) -> Thread:
    """Stand in the turnstile until told to leave."""
    inside = Event()

    def stand() -> None:
        with turnstile.pass_through():
            inside.set()
            leave.wait()

    thread = Thread(target=stand)
    thread.start()
    inside.wait()
    return thread


def test_f64_when_too_many_wait_the_next_is_told_at_once() -> None:
    turnstile, leave = Turnstile(waiting=0), Event()
    thread = occupy(turnstile, leave)
    with pytest.raises(BusyError, match="wait already"), turnstile.pass_through():
        pass
    leave.set()
    thread.join()


def test_nobody_waits_without_end() -> None:
    turnstile, leave = Turnstile(waiting=1, patience_s=0.01), Event()
    thread = occupy(turnstile, leave)
    with pytest.raises(BusyError, match="under way"), turnstile.pass_through():
        pass
    leave.set()
    thread.join()


def test_a_turn_is_given_up_where_the_question_fails() -> None:
    turnstile = Turnstile(waiting=0)
    for _ in range(3):
        with pytest.raises(KeyError), turnstile.pass_through():
            raise KeyError("the question failed")
    with turnstile.pass_through():
        pass


def test_those_who_wait_come_to_their_turn() -> None:
    turnstile, turns = Turnstile(waiting=8), []

    def ask(number: int) -> None:
        with turnstile.pass_through():
            turns.append(number)

    threads = [Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(turns) == list(range(8))
