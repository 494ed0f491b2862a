"""Somebody recast in a real JupyterLab: sliders, a picture dropped in, undone."""

import numpy as np
import pytest
from eyes import changed, pixels, said, still, until
from jupyter import PAINT_MS, run_cell
from PIL import Image

CELLS = (
    "from previz.film import Film\n"
    "from small_film import small_film\n"
    "film = Film(small_film(), generator=None)\n"
    "ann = film.character('ann')\n"
    "before = ann.value\n"
    "ann.anchor_editor()",
    "now = ann.value\n"
    "print(round(now.height_m, 2), now.wardrobe.top, len(now.references),\n"
    "      now == before, [entry.done for entry in film.history])",
)
RED = (190, 25, 35)
# The first picture of all may wait until its loops are compiled.
FIRST_MS = 4 * PAINT_MS


@pytest.fixture(scope="module")
def page(desk):
    """Open the anchors of Ann, up to the first picture of her."""
    with desk.notebook("anchor", CELLS) as page:
        run_cell(page, 0)
        page.wait_for_selector(".ps-cast-scale", state="attached", timeout=FIRST_MS)
        yield page


def figure(page):
    """Return what the turntable shows, (h, w, 3), as painted."""
    return pixels(page.locator(".ps-cast-picture canvas").first)


def redness(shown):
    """Return the share of pixels that are plainly red."""
    return float((shown[..., 0] - shown[..., 1:].max(axis=2) > 60).mean())


def slide(page, name, share):
    """Drag a slider to a share of its way."""
    box = page.locator(f'input[aria-label^="{name}"]').first.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.64, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, y, steps=5)
    page.mouse.up()


def test_somebody_is_recast_dressed_from_a_picture_and_undone(page):
    def look():
        return figure(page)

    first = still(page, look)
    assert len(np.unique(first.reshape(-1, 3), axis=0)) > 300
    slide(page, "Height", 0.2)
    until(page, look, lambda shown: changed(first, shown) > 0.03)
    small = still(page, look)
    assert float(said(page).split()[0]) < 1.3
    coat = page.folder / "<b>coat.png"
    Image.new("RGB", (60, 40), RED).save(coat)
    page.set_input_files(".ps-drop input[type=file]", coat)
    page.wait_for_selector(".ps-pinned img", timeout=PAINT_MS)
    page.locator('.ps-colour[aria-label^="Top"]').first.click()
    until(page, look, lambda shown: redness(shown) > redness(small) + 0.01)
    told = said(page)
    assert told.endswith(" 1 False [True, True, True]")
    page.locator(".ps-cast-picture").first.focus()
    for _ in range(3):
        page.keyboard.press("Control+z")
    until(page, look, lambda shown: changed(first, shown) < 0.02)
    assert said(page).endswith("0 True [False, False, False]")
    assert page.errors == []


def test_what_is_no_picture_is_refused_in_the_page_and_a_drop_stays_in_it(page):
    before = said(page)
    page.evaluate(
        """() => {
            const given = new DataTransfer();
            const svg = '<svg onload="alert(1)"/>';
            given.items.add(new File([svg], "x.svg", { type: "image/svg+xml" }));
            document.querySelector(".ps-drop").dispatchEvent(
                new DragEvent("drop", { bubbles: true, dataTransfer: given }));
        }"""
    )
    told = page.locator(".ps-refused").first.inner_text(timeout=PAINT_MS)
    assert "PNG, JPEG or WebP" in told
    assert said(page) == before
