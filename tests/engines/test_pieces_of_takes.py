"""What a worker is given: chunks whole, single frames put together."""

import threading

from distributed import Client, LocalCluster
from hypothesis import given
from hypothesis import strategies as st

from previz.promote.engines.pieces import Piece, pieces_of
from previz.promote.engines.spread import Spread
from previz.promote.plan import Chunk


def test_single_frames_are_put_together_and_only_the_missing_ones():
    chunks = [Chunk(n, 1) for n in range(10)]
    pieces = pieces_of(chunks, [0, 1, 2, 5, 6, 9], most_frames=4)
    assert pieces == (Piece((0, 1, 2, 5)), Piece((6, 9)))


def test_a_chunk_stays_whole_and_waits_for_what_it_continues():
    chunks = [Chunk(0, 9), Chunk(5, 9, overlap=4), Chunk(10, 6, overlap=4)]
    first, second, third = pieces_of(chunks, range(16), most_frames=2)
    assert first == Piece(tuple(range(9)))
    assert second == Piece((9, 10, 11, 12, 13), needs=(5, 6, 7, 8))
    assert third == Piece((14, 15), needs=(10, 11, 12, 13))


def test_a_chunk_that_is_kept_is_not_made_again():
    chunks = [Chunk(0, 9), Chunk(5, 9, overlap=4)]
    (piece,) = pieces_of(chunks, range(9, 14), most_frames=2)
    assert piece.numbers == (9, 10, 11, 12, 13)


@given(st.sets(st.integers(0, 40)), st.integers(1, 9))
def test_every_missing_frame_is_in_one_piece(missing, most):
    chunks = [Chunk(n, 1) for n in range(41)]
    pieces = pieces_of(chunks, sorted(missing), most_frames=most)
    given_out = [n for piece in pieces for n in piece.numbers]
    assert sorted(given_out) == sorted(missing)
    assert all(len(piece.numbers) <= most for piece in pieces)


GIVEN, BEGUN = threading.Event(), []
"""Whether all tasks are given out, and the numbers of those that were begun."""


def _sent():
    GIVEN.wait()


def _told(number, sent):
    BEGUN.append(number)


def test_pieces_that_wait_for_the_assets_are_begun_in_order():
    cluster = LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        dashboard_address="127.0.0.1:0",  # other clusters may be on its usual port
    )
    with cluster, Client(cluster, set_as_default=False) as client:
        spread = Spread(client)
        assets = client.submit(_sent)
        tasks = [spread.submit(_told, number, sent=assets) for number in range(12)]
        GIVEN.set()
        client.gather(tasks)
    assert list(range(12)) == BEGUN
