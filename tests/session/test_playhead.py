"""The playhead: who is told, who is moved, and who no longer is."""

from previz.session import Playhead


def joined(playhead):
    went, told = [], []
    leave = playhead.join(lambda *at: went.append(at), lambda: told.append(1))
    return went, told, leave


def test_those_that_follow_are_told_once_where_a_studio_went():
    playhead, told = Playhead(), []
    stop = playhead.follow(lambda *at: told.append(at))
    playhead.moved("a", 3)
    playhead.moved("a", 3)
    playhead.moved("b", 0)
    stop()
    playhead.moved("b", 1)
    assert told == [("a", 3), ("b", 0)]
    assert playhead.at == ("b", 1)


def test_a_studio_that_moves_leaves_the_others_where_they_are():
    playhead = Playhead()
    went, _, _ = joined(playhead)
    playhead.moved("a", 3)
    assert went == []


def test_a_click_moves_all_studios_that_are_open():
    playhead = Playhead()
    one, _, leave = joined(playhead)
    other, _, _ = joined(playhead)
    playhead.go("a", 7)
    leave()
    playhead.go("a", 8)
    assert one == [("a", 7)]
    assert other == [("a", 7), ("a", 8)]


def test_studios_hear_that_somebody_follows():
    playhead = Playhead()
    _, told, _ = joined(playhead)
    assert not playhead.followed
    playhead.follow(lambda *at: None)
    assert (told, playhead.followed) == ([1], True)


def test_of_very_many_that_follow_the_oldest_is_let_go():
    playhead, told, left = Playhead(), [], []
    for number in range(30):
        playhead.follow(
            lambda *at, number=number: told.append(number),
            left=lambda number=number: left.append(number),
        )
    playhead.moved("a", 3)
    assert left == list(range(6))
    assert told == list(range(6, 30))
