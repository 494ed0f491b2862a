"""While a page paints a picture, the kernel makes the one it said it asks for next."""

from small_film import FIRST


def ask(page, number, frame, **more):
    fields = {"shot": FIRST, "frame": frame, "width_px": 64} | more
    return page.ask(kind="ask_picture", number=number, **fields)


def test_what_was_announced_is_made_ahead_and_sent_when_it_is_asked_for(page, drawn):
    ask(page, 1, 3, then_frame=5)
    assert drawn == [3, 5]
    (sent,) = ask(page, 2, 5, painted=1)
    assert (sent.number, sent.frame) == (2, 5)
    assert sent.ms > 0
    assert drawn == [3, 5]


def test_a_question_that_says_what_is_painted_is_answered(page):
    ask(page, 1, 3)
    assert ask(page, 2, 4) == []
    (sent,) = ask(page, 3, 5, painted=1)
    assert (sent.number, sent.frame) == (3, 5)


def test_what_was_made_ahead_of_an_edit_is_not_shown_after_it(page, drawn):
    ask(page, 1, 3, then_frame=5)
    page.edit(kind="move_key", shot="1A", index=0, position_m=(-1.6, 1.5, 4))
    (sent,) = [m for m in ask(page, 2, 5, painted=1) if m.kind == "picture"]
    assert sent.revision == 1
    assert drawn == [3, 5, 5]


def test_another_question_than_the_announced_one_has_its_own_picture(page, drawn):
    ask(page, 1, 3, then_frame=5)
    (sent,) = ask(page, 2, 6, painted=1)
    assert sent.frame == 6
    assert drawn == [3, 5, 6]


def test_a_frame_beyond_the_shot_is_announced_in_vain(page, drawn):
    kinds = [message.kind for message in ask(page, 1, 3, then_frame=500)]
    assert kinds == ["picture"]
    assert drawn == [3]
