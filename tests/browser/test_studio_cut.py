"""Timeline and boards by mouse and keyboard: keys, cuts, panels, coverages, notes."""

import at_desk
import numpy as np
import pytest
from eyes import pixels
from small_film import small_film

from previz.edits import edit_of, key_frames


def film():
    """Return the small film, its first shot with a path of three keys and a pull."""
    made = small_film()
    for fields in (
        {"kind": "add_key", "at_frame": 13, "position_m": (1.2, 1.5, 2.0)},
        {"kind": "add_key", "at_frame": 6, "position_m": (1.5, 1.6, 2.6)},
        {"kind": "set_focus", "at_frame": 4, "distance_m": 2.0},
    ):
        made = edit_of({"shot": "1A", **fields}).apply(made)
    return made


def frames(film):
    shot = film.find_shot("1A")[1]
    return list(key_frames(shot.camera, length_frames=shot.length_frames))


def lengths(film):
    return [shot.length_frames for shot in film.scenes[0].shots]


def drag(at, what, dx, dy=0):
    """Drag the middle of an element by pixels."""
    box = what.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = at.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + dx / 2, y + dy / 2, steps=3)
    mouse.move(x + dx, y + dy, steps=3)
    at.work()
    mouse.up()
    at.work()


def press(at, keys):
    at.page.keyboard.press(keys)
    at.work()


def frame_px(at):
    """Return how many pixels of the timeline are a frame."""
    width = at.page.locator(".ps-ruler").bounding_box()["width"]
    return width / at.session.value.scenes[0].length_frames


def undo_all(at, first):
    while at.session.at:
        press(at, "Control+z")
    assert at.session.value.to_json() == first.to_json()


@pytest.fixture(scope="module")
def timeline(browser):
    at = at_desk.studio(browser, film(), part="timeline", height_px=420)
    at.page.wait_for_selector("[data-key]")
    return at


def key(at, name):
    return at.page.locator(f'[data-key="{name}"]')


def test_a_camera_key_goes_where_mouse_and_keyboard_put_it(timeline):
    at, first = timeline, timeline.session.value
    middle = key(at, "camera/shot-1a//1")
    row = at.page.locator(".ps-camera .ps-lane-body")
    before = pixels(row)
    drag(at, middle, 3 * frame_px(at))
    assert frames(at.session.value) == [0, 9, 13]
    assert (np.abs(pixels(row) - before).max(axis=2) > 30).sum() > 60
    middle.focus()
    press(at, "ArrowLeft")
    press(at, "Shift+ArrowLeft")
    assert frames(at.session.value) == [0, 1, 13]
    press(at, "Delete")
    assert frames(at.session.value) == [0, 13]
    assert len(at.session.history) == 4
    undo_all(at, first)


def test_picked_keys_are_spread_and_pasted(timeline):
    at, first = timeline, timeline.session.value
    key(at, "focus/shot-1a//1").click()
    at.work()
    key(at, "camera/shot-1a//1").click(modifiers=["Shift"])
    at.work()
    drag(at, at.page.locator('.ps-range-end[data-end="last"]'), 2 * frame_px(at))
    assert frames(at.session.value) == [0, 8, 13]
    assert at.session.value.find_shot("1A")[1].camera.focus[1].frame == 4
    press(at, "Control+c")
    clip = at.page.locator('.ps-clip[data-shot="shot-1b"]')
    clip.click(position={"x": 30, "y": 8})
    at.work()
    press(at, "Control+v")
    pasted = at.session.value.find_shot("1B")[1].camera
    assert len(pasted.poses) == 2
    assert pasted.focus[-1].frame == 0
    undo_all(at, first)


def test_a_handle_of_the_timing_curve_eases_the_camera(timeline):
    at, first = timeline, timeline.session.value
    at.page.locator(".ps-camera .ps-fold").click()
    key(at, "camera/shot-1a//1").click()
    at.work()
    handle = at.page.locator('[data-handle="shot-1a/1/1"]')
    drag(at, handle, 0, 60)
    camera = at.session.value.find_shot("1A")[1].camera
    assert [k.speed for k in camera.timing][1] == 0
    assert frames(at.session.value) == frames(first)
    key(at, "camera/shot-1a//1").focus()
    press(at, "ArrowUp")
    camera = at.session.value.find_shot("1A")[1].camera
    assert [k.speed for k in camera.timing][1] > 0
    at.page.locator(".ps-camera .ps-fold").click()
    undo_all(at, first)


def test_cuts_ripple_roll_slip_and_slide(timeline):
    at, first = timeline, timeline.session.value
    edge = at.page.locator('.ps-edge[data-edge="shot-1a"]')
    drag(at, edge, -3 * frame_px(at))
    assert lengths(at.session.value) == [11, 10]
    press(at, "n")
    edge.focus()
    press(at, "ArrowRight")
    assert lengths(at.session.value) == [12, 9]
    press(at, "y")
    clip = at.page.locator('.ps-clip[data-shot="shot-1a"]')
    drag(at, clip, 2 * frame_px(at))
    assert frames(at.session.value)[0] == 2
    assert lengths(at.session.value) == [12, 9]
    press(at, "b")
    drag(at, at.page.locator('[data-head="shot-1b"]'), 4 * frame_px(at))
    assert lengths(at.session.value) == [12, 5]
    undo_all(at, first)


def test_the_end_of_a_stay_is_moved_by_the_arrow_keys(timeline):
    at, first = timeline, timeline.session.value
    at.page.get_by_role("slider", name="Mark 2 of Ann: arrives").focus()
    press(at, "ArrowLeft")
    press(at, "Shift+ArrowLeft")
    marks = at.session.value.scenes[0].blocking[0].marks
    assert [mark.arrive_frame for mark in marks] == [0, 9]
    undo_all(at, first)


@pytest.fixture(scope="module")
def boards(browser):
    at = at_desk.studio(browser, film(), part="boards", height_px=820)
    at.page.wait_for_selector(".ps-card")
    at.work()
    return at


def slates(at):
    return [shot.slate for shot in at.session.value.scenes[0].shots]


def test_panels_are_put_in_order_by_keyboard(boards):
    at, first = boards, boards.session.value
    at.page.locator('.ps-card[data-shot="shot-1a"]').focus()
    press(at, "Alt+ArrowRight")
    assert slates(at) == ["1B", "1A"]
    shown = at.page.locator(".ps-card b").all_inner_texts()
    assert shown == ["1B", "1A"]
    press(at, "Alt+ArrowLeft")
    assert slates(at) == ["1A", "1B"]
    undo_all(at, first)


def test_a_note_is_drawn_on_the_picture_and_stays(boards):
    at, first = boards, boards.session.value
    picture = at.page.locator(".ps-note-picture")
    before = pixels(picture)
    drag(at, at.page.locator(".ps-sheet"), 90, 40)
    at.page.locator(".ps-note-new input").fill("Tighter <b>here</b>")
    at.page.locator(".ps-note-new input").press("Enter")
    at.work()
    (note,) = at.session.value.find_shot("1A")[1].notes
    assert note.text == "Tighter <b>here</b>"
    assert len(note.strokes[0]) > 2
    red = pixels(picture) - before
    assert ((red[..., 0] > 60) & (red[..., 1] < red[..., 0] - 40)).sum() > 40
    assert at.page.locator(".ps-note-side li").inner_text().endswith("<b>here</b>")
    at.page.locator(".ps-card").first.focus()
    undo_all(at, first)


def test_a_coverage_is_picked_from_three_side_by_side(boards):
    at, first = boards, boards.session.value
    at.page.get_by_role("button", name="Compare three coverages").click()
    at.work()
    columns = at.page.locator(".ps-coverage[data-style]")
    assert columns.count() == 4
    close = at.page.locator('.ps-coverage[data-style="close"]')
    panel = pixels(close.locator("canvas").first)
    assert len(np.unique(panel.reshape(-1, 3), axis=0)) > 200
    assert at.session.value is first
    close.get_by_role("button").click()
    at.work()
    assert [e.words for e in at.session.history if e.done] == [
        "Scene 1: close coverage"
    ]
    assert at.page.locator(".ps-card").count() == len(slates(at))
    at.page.locator(".ps-card").first.focus()
    undo_all(at, first)


def test_nothing_went_wrong_on_either_page(timeline, boards):
    assert timeline.errors == boards.errors == []
