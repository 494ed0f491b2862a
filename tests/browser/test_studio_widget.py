"""The studio in a real JupyterLab: from a drag in the picture to the film and back."""

import json

import numpy as np
import pytest
from eyes import changed, pixels, said, still, until
from jupyter import PAINT_MS, run_cell, settle

CELLS = (
    "from previz.film import Film\n"
    "from small_film import small_film\n"
    "film = Film(small_film(), generator=None)\n"
    "before = film['1A'].camera\n"
    "studio = film.studio()\n"
    "studio",
    "print(film['1A'].camera == before, [(e.words, e.done) for e in film.history])",
)


@pytest.fixture(scope="module")
def page(desk):
    """Open the studio on a small film, up to its first picture."""
    with desk.notebook("studio", CELLS) as page:
        run_cell(page, 0)
        page.wait_for_selector(".ps-frame canvas", timeout=PAINT_MS)
        # It says how long the kernel took for the picture that is shown.
        page.wait_for_selector(".ps-report .ps-faint", timeout=PAINT_MS)
        page.wait_for_selector(".ps-waiting", state="detached", timeout=PAINT_MS)
        yield page


def picture(page):
    """Return what the monitor shows, (h, w, 3)."""
    return pixels(page.locator(".ps-frame").first)


def test_a_drag_in_the_picture_changes_the_film_and_undo_takes_it_back(page):
    def look():
        return picture(page)

    first = still(page, look)
    assert len(np.unique(first.reshape(-1, 3), axis=0)) > 500
    box = page.locator(".ps-frame").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + box["width"] / 4, y + 6, steps=6)
    page.mouse.up()
    until(page, look, lambda shown: changed(first, shown) > 0.1)
    panned = still(page, look)
    settle(page)
    page.screenshot(path=page.folder / "studio.png")
    told = said(page)
    assert told.startswith("False [('1A: ")
    assert told.endswith("True)]")
    page.locator(".ps-frame").first.hover()
    page.locator(".ps-slate").first.click()
    page.keyboard.press("Control+z")
    until(page, look, lambda shown: changed(panned, shown) > 0.1)
    assert changed(still(page, look), first) < 0.02
    told = said(page)
    assert told.startswith("True [('1A: ")
    assert told.endswith("False)]")
    assert page.errors == []


def test_ctrl_s_in_the_studio_saves_the_notebook(page):
    path = page.folder / "journey.ipynb"

    def saved():
        return json.loads(path.read_text())["cells"][0]["outputs"]

    page.locator(".ps-studio").first.focus()
    page.keyboard.press("Control+s")
    for _ in range(40):
        if saved():
            break
        page.wait_for_timeout(250)
    assert saved()
