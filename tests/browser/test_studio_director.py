"""What a director does with the film that ships, in a real JupyterLab.

The steps follow each other: each begins with what the one before left.
"""

import ast
import json
import math
import os
import signal

import numpy as np
import pytest
from eyes import changed, pixels, said, still, until
from jupyter import PAINT_MS, idle, run_cell

CELLS = (
    "import os\n"
    "from pathlib import Path\n"
    "import previz as pv\n"
    "from previz.edits import edit_of\n"
    "from previz.model import Film as Value\n"
    "folder, kept = Path('film'), Path('first.json')\n"
    "if not folder.exists():\n"
    "    shipped = pv.Film.from_screenplay(pv.demo_screenplay()).value\n"
    "    longer = dict(kind='trim_shot', shot='1V', length_frames=72)\n"
    "    pv.Film(edit_of(longer).apply(shipped)).save(folder)\n"
    "film = pv.Film.open(folder)\n"
    "if not kept.exists():\n"
    "    kept.write_text(film.value.to_json())\n"
    "first = Value.from_json(kept.read_text())\n"
    "film.studio(shot='1V')",
    "shot, scene = film['1V'].value, film.value.scenes[0]\n"
    "who = 'theo'\n"
    "(marks,) = (b.marks for b in scene.blocking if b.character == who)\n"
    "person = film.character(who).value\n"
    "print(dict(\n"
    "    pid=os.getpid(), done=[e.words for e in film.history if e.done],\n"
    "    size=str(shot.size), mm=shot.camera.poses[0].focal_length_mm,\n"
    "    at=[p.position_m for p in shot.camera.poses], length=shot.length_frames,\n"
    "    looks=[p.target_m for p in shot.camera.poses],\n"
    "    focus=[(k.frame, k.subject, k.distance_m) for k in shot.camera.focus],\n"
    "    who=who, name=person.name, tall=person.height_m, top=person.wardrobe.top,\n"
    "    stands=max(i for i, m in enumerate(marks)\n"
    "               if m.arrive_frame <= shot.first_frame),\n"
    "    marks=[m.position_m for m in marks], order=[s.slate for s in scene.shots],\n"
    "    notes=[(n.text, sum(map(len, n.strokes))) for n in shot.notes],\n"
    "    pages=len(film.session._listeners), first=film.value == first))",
)


class Director:
    """The page as a director sees it, and the film as Python has it."""

    def __init__(self, page):
        self.page = page

    def open(self):
        """Run the cell and wait for set and picture."""
        run_cell(self.page, 0)
        self.page.wait_for_selector(".ps-report .ps-faint", timeout=PAINT_MS)
        self.page.wait_for_selector(".ps-waiting", state="detached", timeout=PAINT_MS)
        # As large as the screen: nothing is scrolled out of it.
        self.press_button("Full screen")
        self.page.wait_for_function("() => document.fullscreenElement")

    def picture(self):
        return pixels(self.page.locator(".ps-frame").first)

    def still(self):
        """Return the picture once its light is whole and it rests."""
        self.page.wait_for_selector(".ps-lighting", state="detached")
        return still(self.page, self.picture)

    def other_than(self, before, share=0.01):
        """Wait for a picture that differs from one before; return it once it rests."""
        until(self.page, self.picture, lambda now: changed(before, now) > share)
        return self.still()

    def film(self):
        """Return what the second cell says of the film."""
        return ast.literal_eval(said(self.page))

    def until(self, holds):
        return until(self.page, self.film, holds)

    def press(self, keys):
        self.page.locator(".ps-studio").focus()
        self.page.keyboard.press(keys)

    def press_button(self, tip):
        self.page.get_by_role("button", name=tip).first.click()

    def click_picture(self, x, y):
        """Click in the monitor, at shares of its width and height."""
        box = self.page.locator(".ps-frame").first.bounding_box()
        self.page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])

    def tab(self, name):
        self.page.get_by_role("tab", name=name, exact=True).click()

    def handle(self, kind, **fields):
        """Return where a handle is in the plan once it stands still, CSS pixels."""
        seen = [None]

        def rests(now):
            seen.append(now)
            return now is not None and now == seen[-2]

        return until(self.page, lambda: self._handle({"kind": kind, **fields}), rests)

    def _handle(self, wanted):
        told = self.page.locator(".ps-views").evaluate(
            """views => {
                const detail = {};
                views.dispatchEvent(new CustomEvent("previz-where", { detail }));
                return detail.handles ?? [];
            }"""
        )
        for one in told:
            if one["pane"] == "plan" and json.loads(one["key"]) == wanted:
                return one["x"], one["y"]
        return None

    def drag(self, start, by, *, button="left"):
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down(button=button)
        for step in range(1, 6):
            mouse.move(start[0] + by[0] * step / 5, start[1] + by[1] * step / 5)
            self.page.wait_for_timeout(40)
        mouse.up(button=button)


@pytest.fixture(scope="module")
def director(desk):
    with desk.notebook("director", CELLS) as page:
        director = Director(page)
        director.open()
        yield director


@pytest.fixture(scope="module")
def first(director):
    """Return the picture and the film as they were opened."""
    return director.still(), director.film()


def test_a_camera_key_and_a_mark_are_dragged_in_plan(director, first):
    picture, film = first
    director.press_button("The plan large")
    director.page.wait_for_selector("[data-layout=plan]", timeout=PAINT_MS)
    director.drag(director.handle("camera", index=0), (24, 18))
    # A drag that goes on is a step already.
    moved = director.until(lambda now: math.dist(now["at"][0], film["at"][0]) > 0.1)
    assert len(moved["done"]) == 1
    picture = director.other_than(picture)
    director.press("Escape")
    at = film["stands"]
    stood = film["marks"][at]
    handle = director.handle("mark", character=film["who"], index=at)
    director.drag(handle, (-30, 24))
    moved = director.until(lambda now: math.dist(now["marks"][at], stood) > 0.1)
    assert len(moved["done"]) == 2
    director.other_than(picture)


def test_a_framing_is_set_by_name_and_the_lens_changed(director, first):
    picture = director.still()
    director.press("Escape")
    director.press_button("MCU on ")
    director.until(lambda now: now["size"] == "MCU")
    picture = director.other_than(picture)
    focal = director.page.get_by_label("Focal length typed in, millimetres").first
    for mm in (35, 85):
        if director.film()["mm"] == mm:
            continue
        focal.fill(str(mm))
        focal.press("Enter")
        director.until(lambda now, mm=mm: now["mm"] == mm)
        picture = director.other_than(picture, 0.1)
    assert "85 mm" in director.page.locator(".ps-report").inner_text()


def test_focus_is_set_and_pulled_by_clicks(director, first):
    # The long lens sees but a part of him: he is framed again.
    placed = director.film()["at"]
    director.press_button("MCU on ")
    director.until(lambda now: now["at"] != placed)
    sharp = director.still()
    director.click_picture(0.06, 0.5)
    film = director.until(lambda now: now["focus"] != first[1]["focus"])
    ((_, *far),) = film["focus"]
    director.page.wait_for_selector(".ps-focus-mark", timeout=PAINT_MS)
    director.other_than(sharp, 0.005)
    director.press("End")
    soft = director.still()
    director.page.keyboard.down("Alt")
    director.click_picture(0.55, 0.8)
    director.page.keyboard.up("Alt")
    film = director.until(lambda now: len(now["focus"]) == 2)
    (_, *begun), (frame, *near) = film["focus"]
    assert frame == film["length"] - 1
    assert begun == far
    assert near != far
    director.other_than(soft, 0.005)


def test_a_drag_in_the_picture_pans_the_camera(director, first):
    director.press("Home")
    before, film = director.still(), director.film()
    assert len(np.unique(before.reshape(-1, 3), axis=0)) > 500
    box = director.page.locator(".ps-frame").first.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    director.drag(middle, (box["width"] / 4, 6))
    now = director.until(lambda now: now["looks"] != film["looks"])
    assert now["at"] == film["at"]
    assert len(now["done"]) == len(film["done"]) + 1
    director.other_than(before, 0.1)


def test_a_handheld_take_is_flown_and_recorded(director, first):
    page, mouse = director.page, director.page.mouse
    before = director.still()
    director.press_button("Perspective with the plan")
    page.wait_for_selector("[data-layout=inset]", timeout=PAINT_MS)
    page.wait_for_selector(".ps-waiting", state="detached", timeout=PAINT_MS)
    box = page.locator("[data-pane=perspective]").bounding_box()
    x, y = box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.4
    mouse.move(x, y)
    mouse.down(button="right")
    page.keyboard.down("d")
    # It plays at once, and no hand is free to click.
    page.get_by_role("button", name="Record a handheld take").evaluate("b => b.click()")
    page.wait_for_selector(".ps-recording", timeout=PAINT_MS)
    for step in range(400):
        if not page.locator(".ps-recording").count():
            break
        mouse.move(x + 2 * (step % 40), y + step % 20)
        page.wait_for_timeout(50)
    page.keyboard.up("d")
    mouse.up(button="right")
    film = director.until(lambda now: "handheld" in now["done"][-1])
    assert math.dist(film["at"][0], film["at"][-1]) > 0.1
    director.other_than(before)


def redness(shown):
    """Return the share of pixels that are plainly red."""
    return float((shown[..., 0] - shown[..., 1:].max(axis=2) > 60).mean())


def test_somebody_is_recast_by_slider_and_colour(director, first):
    page = director.page
    _, film = first
    director.tab("Cast")
    page.get_by_role("tab", name=film["name"]).click()
    figure = page.locator(".ps-cast-picture canvas")
    page.wait_for_selector(".ps-cast-scale", state="attached", timeout=4 * PAINT_MS)
    before = still(page, lambda: pixels(figure))
    box = page.get_by_label("Height, metres").first.bounding_box()
    share = (film["tall"] - 0.9) / (2.15 - 0.9)
    y = box["y"] + box["height"] / 2
    director.drag((box["x"] + box["width"] * share, y), (-box["width"] / 4, 0))
    director.until(lambda now: now["tall"] < film["tall"] - 0.1)
    until(page, lambda: pixels(figure), lambda now: changed(before, now) > 0.03)
    drab = still(page, lambda: pixels(figure))
    page.locator(".ps-hue", has_text="Top").locator("input").fill("#b01020")
    told = director.until(lambda now: now["top"] != film["top"])
    assert told["top"][0] > 4 * told["top"][1]
    until(page, lambda: pixels(figure), lambda now: redness(now) > redness(drab) + 0.01)


def test_boards_are_put_in_another_order_and_noted_on(director, first):
    page = director.page
    order = director.film()["order"]
    director.tab("Boards")
    cards = page.locator(".ps-card")
    cards.nth(1).drag_to(cards.nth(0), target_position={"x": 6, "y": 40})
    film = director.until(lambda now: now["order"] != order)
    assert film["order"] == [order[1], order[0], *order[2:]]
    page.locator('.ps-card:has(b:text-is("1V"))').click()
    picture = page.locator(".ps-note-picture")
    before = still(page, lambda: pixels(picture))
    box = page.locator(".ps-sheet").bounding_box()
    director.drag((box["x"] + 30, box["y"] + 30), (80, 30))
    note = page.get_by_label("A note on this frame")
    note.fill("Tighter <b>here</b>")
    note.press("Enter")
    film = director.until(lambda now: now["notes"])
    ((text, points),) = film["notes"]
    assert text == "Tighter <b>here</b>"
    assert points > 2
    red = pixels(picture) - before
    assert ((red[..., 0] > 40) & (red[..., 1] < red[..., 0] - 30)).sum() > 40


def test_page_and_kernel_go_and_the_film_comes_back(director, first):
    page = director.page
    # What follows is no error of ours, but it is written to the console.
    assert page.errors == []
    director.press("Home")
    picture, film = director.still(), director.film()
    assert film["pages"] == 1

    def is_as_left():
        director.open()
        until(page, director.picture, lambda now: changed(picture, now) < 0.02)
        assert director.film() | {"pid": 0} == film | {"pid": 0}

    page.reload()
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PAINT_MS)
    idle(page)
    is_as_left()
    # JupyterLab's question would lie under it.
    page.evaluate("document.exitFullscreen()")
    os.kill(film["pid"], signal.SIGKILL)
    page.wait_for_selector(".ps-lifeline.ps-cut", timeout=PAINT_MS)
    assert "Run the cells again" in page.locator(".ps-lifeline").first.inner_text()
    page.locator(".jp-Dialog button").first.click()
    idle(page)
    is_as_left()
    assert page.locator(".ps-lifeline").count() == 0
    assert director.film()["pid"] != film["pid"]


def test_all_of_it_is_undone(director, first):
    picture, _ = first
    done = len(director.film()["done"])
    assert done > 8
    for _ in range(done):
        director.press("Control+z")
    told = director.until(lambda now: not now["done"])
    assert told["first"]
    # The shots are in their old order again, and another frame is shown.
    director.press("Home")
    until(director.page, director.picture, lambda now: changed(picture, now) < 0.02)


def test_ctrl_s_in_the_studio_saves_the_notebook(director, first):
    path = director.page.folder / "journey.ipynb"

    def outputs():
        return json.loads(path.read_text())["cells"][0]["outputs"]

    director.page.evaluate("document.exitFullscreen()")
    director.press("Control+s")
    until(director.page, outputs, len)
