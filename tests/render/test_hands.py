"""A second thread that helps with a frame, and does not when others need it."""

import threading

import numpy as np
import pytest

from previz.render.hands import both, drawing, shared


def done_by(parts=8, count=1000):
    """Who did how many of each thing."""
    made, threads = np.zeros(count, int), set()

    def work(first, last):
        made[first:last] += 1
        threads.add(threading.get_ident())
        if last - first < count:
            threading.Event().wait(0.01)

    shared(work, count, parts=parts)
    return made, threads


def test_every_thing_is_done_once_by_both_threads():
    with drawing():
        made, threads = done_by()
    assert (made == 1).all()
    assert len(threads) == 2


def test_a_thread_that_draws_no_frame_works_alone():
    made, threads = done_by()
    assert (made == 1).all()
    assert threads == {threading.get_ident()}


def test_two_frames_at_once_are_drawn_by_a_thread_each():
    begun, over = threading.Event(), threading.Event()

    def other():
        with drawing():
            begun.set()
            over.wait(10)

    thread = threading.Thread(target=other)
    thread.start()
    begun.wait(10)
    with drawing():
        _, threads = done_by()
    over.set()
    thread.join()
    assert threads == {threading.get_ident()}
    with drawing():
        assert len(done_by()[1]) == 2


def test_a_frame_within_a_frame_is_one():
    with drawing():
        with drawing():
            pass
        assert len(done_by()[1]) == 2


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_things_are_done_too(count):
    with drawing():
        made, _ = done_by(count=count)
    assert (made == 1).all()


def test_two_pieces_of_work_give_what_each_gives():
    with drawing():
        assert both(lambda: 1, lambda: "two") == (1, "two")
        assert both(lambda: both(lambda: 1, lambda: 2), lambda: 3) == ((1, 2), 3)
    assert both(lambda: 1, lambda: 2) == (1, 2)


@pytest.mark.parametrize("broken", [0, 1])
def test_what_fails_in_either_thread_is_heard_of(broken):
    def fails():
        raise ArithmeticError("broken")

    works = [lambda: 1, lambda: 2]
    works[broken] = fails
    with drawing(), pytest.raises(ArithmeticError, match="broken"):
        both(*works)
