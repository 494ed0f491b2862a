"""The studio's kernel half: what a page asks is done, what changed is told."""

import asyncio
import contextlib
import itertools
import math

import numpy as np
import pytest
import small_film
from small_film import FIRST, SECOND

from previz.camera import camera_at
from previz.edits import SetBody, SetLens, SetStatus
from previz.session import Session
from previz.widgets.baking import bake
from previz.widgets.desk import Desk
from previz.widgets.payload import array
from previz.widgets.playing import Playing
from previz.widgets.slices import Slices

ANN = {"scene": "1", "character": "ann", "index": 1}


@pytest.fixture
def session():
    return Session(small_film.small_film())


def page_over(session):
    page = small_film.Page()
    page.desk = Desk(session, page.take, playing=Playing(session))
    return page


@pytest.fixture
def page(session):
    return page_over(session)


@pytest.fixture
def opened(page):
    page.ask(kind="open_shot", shot=FIRST)
    return page


def key(x, **how):
    return {
        "kind": "move_key",
        "shot": "1A",
        "index": 0,
        "position_m": (x, 1.5, 4),
    } | how


def test_hello_is_answered_with_the_film_and_its_history(page, session):
    film, history = page.ask(kind="hello")
    assert film.film.title == "<b>Small</b>"
    assert [shot.id for shot in film.film.scenes[0].shots] == [FIRST, SECOND]
    assert film.film.scenes[0].beats[0].name == "Ann"
    assert (history.entries, history.at) == ((), 0)


def test_an_open_shot_is_told_with_its_camera_place_and_stage(opened, session):
    assert opened.kinds() == ["tracks", "place", "stage"]
    tracks, payload = opened.only("tracks")
    shot = session.value.find_shot(FIRST)[1]
    told = array(tracks.camera.world_from_camera, payload)
    true = [
        camera_at(shot.camera, length_frames=14, frame=f).world_from_camera
        for f in range(14)
    ]
    np.testing.assert_allclose(told, true, atol=1e-12)
    (ann,) = (w for w in opened.only("place")[0].walks if w.character == "ann")
    assert ann.points_m[0][0] == pytest.approx(-1.2, abs=0.3)
    assert ann.points_m[-1][0] > 0


def test_an_edit_of_a_page_is_in_the_film_and_its_track_is_told(opened, session):
    told = opened.edit(**key(0.5))
    assert session.value.find_shot("1A")[1].camera.poses[0].position_m == (0.5, 1.5, 4)
    assert [message.kind for message in told] == ["tracks", "history"]
    tracks, payload = opened.only("tracks")
    at = array(tracks.camera.world_from_camera, payload)[0, :3, 3]
    np.testing.assert_allclose(at, (0.5, 1.5, 4))
    assert tracks.revision == session.revision == 1
    assert told[-1].at == 1


@pytest.mark.parametrize(
    "edit",
    [
        key(math.nan),
        key(math.inf),
        key(1e9),
        key(0.5, shot="9Z"),
        key(0.5, index=7),
        key(0.5, index=-1),
        key(0.5, extra=1),
        {"kind": "set_lens", "shot": "1A", "focal_length_mm": -3},
        {"kind": "explode"},
        {"shot": "1A"},
        "move",
        None,
    ],
)
def test_what_a_film_cannot_hold_is_refused_and_the_film_stays(page, session, edit):
    before = session.value
    (refused,) = page.ask(kind="edit", edit=edit)
    assert (refused.kind, refused.page, refused.asked) == ("refused", "tab", "edit")
    assert refused.text
    assert session.value is before
    assert session.history == ()


@pytest.mark.parametrize("more", [{"v": 2}, {"kind": "boom"}, {"shot": ["1A"]}])
def test_a_message_that_is_none_is_refused(page, more):
    (refused,) = page.ask(**({"kind": "open_shot", "shot": FIRST} | more))
    assert refused.kind == "refused"


def test_bytes_beside_a_message_are_refused(page, session):
    page.desk.hear({"v": 1, "kind": "undo"}, [memoryview(b"x" * 1000)])
    assert page.kinds() == ["refused"]


def test_widgets_over_one_film_stay_in_step(session):
    one, other = page_over(session), page_over(session)
    other.ask(kind="open_shot", shot=FIRST)
    other.heard.clear()
    one.edit(kind="set_lens", shot="1A", focal_length_mm=50)
    assert other.kinds() == ["scene", "tracks", "history"]
    assert other.only("scene")[0].scene.shots[0].focal_length_mm == 50
    one.ask(kind="undo")
    assert other.heard[-1][0].at == 0


def test_what_a_cell_edits_is_told_to_pages(opened, session):
    opened.heard.clear()
    session.apply(SetLens(shot="1A", focal_length_mm=85))
    assert opened.only("tracks")[0].shot.camera.lens.focal_length_mm == 85
    session.apply(SetStatus(shot="1B", status="approved"))
    assert opened.heard[-2][0].scene.shots[1].status == "approved"


def test_a_drag_is_one_step_and_its_stage_comes_at_its_end(opened, session):
    opened.ask(kind="ask_picture", number=1, shot=FIRST, frame=13, width_px=64)
    for x in (0.3, 0.5):
        opened.edit(
            kind="move_mark", **ANN, position_m=(x, 0, 1.0), drag="d", last=False
        )
        assert opened.kinds() == ["tracks", "place", "figures"]
    figures, payload = opened.only("figures")
    scene, shot = session.value.find_shot(FIRST)
    state = opened.desk._playing.scene(session.value, scene).stage.at(shot, 13)
    for figure in figures.figures:
        told = array(figure.positions, payload) * figure.step_m + figure.origin_m
        number = next(
            f.object_id for f in state.figures if f.character == figure.character
        )
        own = np.unique(state.moving.triangles[state.moving.triangle_object == number])
        true = state.moving.positions[own]
        np.testing.assert_allclose(told.min(axis=0), true.min(axis=0), atol=2e-4)
        np.testing.assert_allclose(told.max(axis=0), true.max(axis=0), atol=2e-4)
    opened.edit(kind="move_mark", **ANN, position_m=(0.6, 0, 1.0), drag="d", last=True)
    assert opened.kinds() == ["tracks", "place", "stage", "history"]
    assert len(session.history) == 1


def test_figures_have_the_vertices_of_their_track(opened):
    header = opened.only("stage")[0].header
    opened.ask(kind="ask_picture", number=1, shot=FIRST, frame=3, width_px=64)
    opened.edit(kind="move_mark", **ANN, position_m=(0.3, 0, 1), drag="d", last=False)
    figures, _ = opened.only("figures")
    counts = {f.character: f.positions.shape for f in figures.figures}
    assert counts == {f.character: f.positions.shape[1:] for f in header.figures}


def test_a_cancelled_drag_leaves_no_trace(opened, session):
    before = session.value
    opened.edit(**key(0.2), drag="d", last=False)
    opened.ask(kind="cancel", drag="d")
    assert session.value == before
    assert session.history == ()
    tracks, _ = opened.only("tracks")
    assert tracks.shot == before.find_shot("1A")[1]


def test_a_drag_whose_last_edit_is_refused_still_brings_the_stage(opened):
    opened.edit(kind="move_mark", **ANN, position_m=(0.3, 0, 1), drag="d", last=False)
    opened.edit(kind="move_mark", **ANN, position_m=(1e9, 0, 1), drag="d", last=True)
    assert opened.kinds() == ["refused", "stage", "history"]


def test_a_shot_that_is_gone_is_no_longer_followed(page):
    page.ask(kind="open_shot", shot=SECOND)
    page.edit(kind="merge_shots", shot="1A")
    assert page.kinds() == ["film", "history"] or page.kinds() == ["scene", "history"]
    page.edit(kind="set_lens", shot="1A", focal_length_mm=50)
    assert "tracks" not in page.kinds()


def test_a_closed_desk_hears_no_more(page, session):
    page.desk.close()
    session.apply(SetLens(shot="1A", focal_length_mm=85))
    assert page.heard == []


def test_our_own_mistake_is_told_and_not_swallowed(page, monkeypatch):
    monkeypatch.setattr(page.desk, "_do", lambda message, buffers: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        page.ask(kind="undo")
    assert page.kinds() == ["refused"]


def test_a_new_desk_over_kept_scenes_shows_what_was_edited_meanwhile(session):
    playing = Playing(session)
    first = small_film.Page()
    first.desk = Desk(session, first.take, playing=playing)
    first.ask(kind="open_shot", shot=FIRST)
    first.desk.close()
    edit = {"kind": "move_mark", **ANN, "position_m": (0.9, 0, 1.2)}
    page_over(session).edit(**edit)
    second = small_film.Page()
    second.desk = Desk(session, second.take, playing=playing)
    second.ask(kind="open_shot", shot=FIRST)
    place, _ = second.only("place")
    assert place.blocking[0].marks[1].position_m == (0.9, 0, 1.2)
    (ann,) = (walk for walk in place.walks if walk.character == "ann")
    assert ann.points_m[-1][0] > 0.5


def test_a_page_that_greets_in_its_own_drag_goes_on_with_it(opened, session):
    """It greets again where a picture is long in coming."""
    opened.edit(**key(0.5), drag="d", last=False)
    opened.ask(kind="hello")
    told = opened.edit(**key(0.7), drag="d", last=False)
    assert "refused" not in {message.kind for message in told}
    opened.edit(**key(0.9), drag="d", last=True)
    assert len(session.history) == 1


def test_a_page_that_opens_ends_the_drag_of_one_that_was_closed(opened, session):
    opened.edit(**key(0.5), drag="d", last=False)
    told = opened.ask(kind="hello", page="other")
    assert [message.kind for message in told] == ["film", "history"]
    session.cancel("d")
    assert session.value.find_shot("1A")[1].camera.poses[0].position_m[0] == 0.5
    assert opened.edit(**key(0.7), drag="d")[0].kind == "refused"


def test_who_is_recast_while_no_desk_is_open_is_another_in_the_next(session):
    playing = Playing(session)
    first = small_film.Page()
    first.desk = Desk(session, first.take, playing=playing)
    first.ask(kind="open_shot", shot=FIRST)
    first.desk.close()
    session.apply(SetBody(character="ann", height_m=1.2))
    film = session.value
    assert playing.scene(film, film.scenes[0]).stage.characters == film.characters


def test_pages_that_were_reloaded_often_are_not_told_for_ever(page):
    page.ask(kind="open_shot", shot=SECOND, page="old")
    for number in range(3):
        page.ask(kind="open_shot", shot=FIRST, page=f"new{number}")
    page.ask(kind="painted", number=1, page="old")
    page.ask(kind="open_shot", shot=FIRST, page="new3")
    assert "tracks" in [m.kind for m in page.edit(**key(0.5) | {"shot": "1B"})]
    for number in range(4, 8):
        page.ask(kind="open_shot", shot=FIRST, page=f"new{number}")
    assert "tracks" not in [m.kind for m in page.edit(**key(0.7) | {"shot": "1B"})]


def test_a_page_too_many_is_told_again_once_it_asks_for_a_picture(page):
    page.ask(kind="open_shot", shot=SECOND, page="first")
    for number in range(4):
        page.ask(kind="open_shot", shot=FIRST, page=f"later{number}")
    picture = {"kind": "ask_picture", "shot": SECOND, "frame": 0, "width_px": 64}
    told = page.ask(**picture, number=1, page="first")
    assert {"picture", "tracks"} <= {message.kind for message in told}
    assert "tracks" in [m.kind for m in page.edit(**key(0.5) | {"shot": "1B"})]


def test_a_desk_listens_while_a_page_is_open(session):
    """A cell that is run again leaves its old widget, which nobody closes."""
    for number in range(20):
        one = page_over(session)
        one.ask(kind="hello", page=f"p{number}")
        one.ask(kind="hello", page=f"q{number}")
        assert len(session._listeners) == 1
        one.ask(kind="bye", page=f"p{number}")
        assert len(session._listeners) == 1
        one.ask(kind="bye", page=f"q{number}")
        assert session._listeners == []
    session.apply(SetLens(shot="1A", focal_length_mm=85))
    assert one.heard == []
    film, _ = one.ask(kind="hello", page="again")
    assert film.film.scenes[0].shots[0].focal_length_mm == 85
    one.desk.close()
    one.ask(kind="hello", page="late")
    assert session._listeners == []


def test_a_page_that_closes_in_its_drag_leaves_it_as_one_step(opened, session):
    opened.edit(**key(0.5), drag="d", last=False)
    opened.ask(kind="bye")
    session.cancel("d")
    assert session.value.find_shot("1A")[1].camera.poses[0].position_m[0] == 0.5
    assert len(session.history) == 1


def test_a_page_that_closes_leaves_the_drag_of_another_widget(opened, session):
    other = page_over(session)
    opened.edit(**key(0.5), drag="d", last=True)
    other.edit(**key(0.7), drag="e", last=False)
    opened.ask(kind="bye")
    assert "refused" not in [m.kind for m in other.edit(**key(0.9), drag="e")]
    assert len(session.history) == 2


def test_two_pages_of_a_widget_see_each_other_s_drag_and_undo(opened, session):
    opened.ask(kind="hello", page="second")
    opened.ask(kind="open_shot", shot=FIRST, page="second")
    for x in (0.2, 0.4):
        told = opened.ask(kind="edit", edit=key(x), drag="d", last=x == 0.4)
        assert told[0].shot.camera.poses[0].position_m[0] == x
    told = opened.ask(kind="undo", page="second")
    assert [message.kind for message in told] == ["tracks", "history"]
    assert (told[1].at, len(told[1].entries)) == (0, 1)


def blocks_of(told):
    (stage,) = (message for message in told if message.kind == "stage")
    return {block.key: block.sent for block in stage.blocks}


def test_a_stage_comes_in_full_once_and_then_only_what_the_page_lacks(opened, session):
    stage, payload = opened.only("stage")
    scene, shot = session.value.find_shot(FIRST)
    staged = opened.desk._playing.scene(session.value, scene).staged
    assert (stage.header, payload) == bake(staged, shot)
    assert sum(block.size_bytes for block in stage.blocks) == len(payload)
    first = blocks_of([stage])
    assert all(first.values())
    opened.edit(kind="move_mark", **ANN, position_m=(0.4, 0, 1.0))
    moved, fresh = opened.only("stage")
    # The set and whoever stands still are known; who walks otherwise is not.
    assert not moved.blocks[0].sent
    assert 0 < len(fresh) < len(payload)
    again = opened.ask(kind="open_shot", shot=FIRST, has=[*blocks_of([moved])])
    assert not any(blocks_of(again).values())
    assert opened.only("stage")[1] == b""
    assert all(blocks_of(opened.ask(kind="open_shot", shot=FIRST)).values())


def test_what_one_of_two_pages_lacks_is_sent(opened):
    has = [*blocks_of([opened.only("stage")[0]])]
    told = opened.ask(kind="open_shot", shot=FIRST, page="second")
    assert all(blocks_of(told).values())
    told = opened.ask(kind="open_shot", shot=FIRST, has=has)
    assert not any(blocks_of(told).values())


def test_a_shot_that_was_baked_is_not_baked_again(opened, monkeypatch):
    monkeypatch.setattr("previz.widgets.playing.bake_steps", lambda *_: 1 / 0)
    opened.edit(kind="set_lens", shot="1A", focal_length_mm=50)
    told = opened.ask(kind="open_shot", shot=FIRST)
    assert blocks_of(told)
    header = opened.only("stage")[0].header
    assert header.shot.camera.lens.focal_length_mm == 50


async def turns(page, kind):
    """Let the loop turn until a message of a kind is told."""
    async with asyncio.timeout(60):
        while kind not in page.kinds():
            await asyncio.sleep(0.001)


def test_pictures_are_answered_while_a_stage_is_baked(page, session, monkeypatch):
    monkeypatch.setattr("previz.widgets.slices._SLICE_S", 0)
    monkeypatch.setattr("previz.widgets.desk._STAGE_S", 0)

    async def journey():
        told = page.ask(kind="open_shot", shot=FIRST)
        assert [message.kind for message in told] == ["tracks", "place"]
        for number in range(3):
            await asyncio.sleep(0.006)
            page.ask(
                kind="ask_picture", number=number, shot=FIRST, frame=0, width_px=64
            )
            assert page.kinds() == ["picture"]
            page.ask(kind="painted", number=number)
        await turns(page, "stage")
        scene, shot = session.value.find_shot(FIRST)
        staged = page.desk._playing.scene(session.value, scene).staged
        assert page.only("stage")[1] == bake(staged, shot)[1]

    asyncio.run(journey())


def test_the_stage_that_a_page_waits_for_comes_before_finer_light(page, monkeypatch):
    monkeypatch.setattr("previz.widgets.desk._STAGE_S", 1e9)

    def looked(**asked):
        return page.ask(kind="ask_picture", shot=FIRST, width_px=64, **asked)

    async def journey():
        looked(number=0, frame=0)
        page.ask(kind="open_shot", shot=FIRST)
        looked(number=1, frame=0, painted=0)
        assert page.kinds() == ["picture", "stage"]
        page.ask(kind="open_shot", shot=SECOND)
        page.ask(kind="ask_picture", shot=SECOND, number=2, frame=0, width_px=64,
                 painted=1, then_frame=1)  # fmt: skip
        assert page.kinds() == ["picture"]
        # Also where its question had to wait for the one before.
        page.ask(kind="ask_picture", shot=SECOND, number=3, frame=1, width_px=64,
                 then_frame=2)  # fmt: skip
        page.ask(kind="painted", number=2)
        assert page.kinds() == ["picture"]

    asyncio.run(journey())


def test_an_edit_while_a_stage_is_baked_makes_the_stage_of_the_film_as_it_is(
    page, session, monkeypatch
):
    monkeypatch.setattr("previz.widgets.slices._SLICE_S", 0)

    async def journey():
        page.ask(kind="open_shot", shot=FIRST)
        await asyncio.sleep(0.01)
        page.edit(kind="move_mark", **ANN, position_m=(0.4, 0, 1.0))
        await turns(page, "stage")
        scene, shot = session.value.find_shot(FIRST)
        staged = page.desk._playing.scene(session.value, scene).staged
        assert page.only("stage")[1] == bake(staged, shot)[1]
        page.ask(kind="open_shot", shot=SECOND)
        page.desk.close()
        page.heard.clear()
        await asyncio.sleep(0.05)
        assert page.heard == []

    asyncio.run(journey())


def test_work_goes_on_in_slices_with_pauses_between():
    told = []

    async def journey():
        slices = Slices(contextlib.nullcontext, told.append)
        slices.start("a", (told.append(n) for n in range(5)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        begun = len(told)
        slices.start("b", (1 / n for n in (1, 0)))
        while len(told) < 6:
            await asyncio.sleep(0.001)
        return begun

    assert asyncio.run(journey()) >= 1
    assert told[:5] == [0, 1, 2, 3, 4]
    assert isinstance(told[5], ZeroDivisionError)


def test_work_begun_many_times_has_one_row_of_turns(monkeypatch):
    asked = []

    async def journey():
        loop = asyncio.get_running_loop()
        soon, later = loop.call_soon, loop.call_later
        monkeypatch.setattr(
            loop,
            "call_soon",
            lambda do, *of, **how: asked.append(do) or soon(do, *of, **how),
        )
        monkeypatch.setattr(
            loop, "call_later", lambda _, do, *of: asked.append(do) or later(9, do, *of)
        )
        slices = Slices(contextlib.nullcontext, asked.append)
        for number in range(5):
            slices.start(str(number % 2), itertools.repeat(None))
        begun = asked.count(slices._turn)
        slices._turn(loop)
        slices.start("0", itertools.repeat(None))
        return begun, asked.count(slices._turn)

    assert asyncio.run(journey()) == (1, 2)
