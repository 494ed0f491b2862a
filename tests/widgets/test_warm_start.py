"""A studio that is not on a page yet uses the time to get its first picture ready."""

import asyncio

from small_film import FIRST


def spare_time(desk):
    async def spend():
        desk.get_ready("")
        while desk._slices._work:
            await asyncio.sleep(0.005)

    asyncio.run(spend())


def test_the_first_frame_is_drawn_before_anybody_asks_and_nothing_is_told(page, drawn):
    spare_time(page.desk)
    assert drawn == [0]
    assert page.heard == []


def test_an_edit_meanwhile_ends_it(page, drawn):
    steps = page.desk._first_steps("")
    next(steps)
    page.edit(kind="set_lens", shot=FIRST, focal_length_mm=85)
    assert list(steps) == []
    assert drawn == []


def test_where_no_loop_runs_there_is_no_spare_time(page, drawn):
    page.desk.get_ready("")
    assert drawn == []
