"""The studio in a real JupyterLab: from a drag in the picture to the film and back."""

import io
import time

import jupyter
import numpy as np
import pytest
from jupyter import PAINT_MS, run_cell, settle
from PIL import Image

CELLS = (
    "from previz.film import Film\n"
    "from small_film import small_film\n"
    "film = Film(small_film(), generator=None)\n"
    "before = film['1A'].camera\n"
    "studio = film.studio()\n"
    "studio",
    "print(film['1A'].camera == before, [(e.words, e.done) for e in film.history])",
)

pytestmark = [
    pytest.mark.browser,
    # Playwright leaves its event loop's sockets to the interpreter's exit.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Open the studio on a small film, up to its first picture."""
    folder = tmp_path_factory.mktemp("notebooks")
    with jupyter.notebook(folder, CELLS, home=tmp_path_factory.mktemp("home")) as page:
        run_cell(page, 0)
        page.wait_for_selector(".ps-frame canvas", timeout=PAINT_MS)
        # It says how long the kernel took for the picture that is shown.
        page.wait_for_selector(".ps-report .ps-faint", timeout=PAINT_MS)
        page.wait_for_selector(".ps-waiting", state="detached", timeout=PAINT_MS)
        yield page


def picture(page):
    """Return what the monitor shows, (h, w, 3)."""
    shot = page.locator(".ps-frame").first.screenshot()
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), np.int16)


def changed(one, other):
    """Return the share of pixels that differ plainly."""
    return float((np.abs(one - other).max(axis=2) > 16).mean())


def until(page, holds):
    """Wait until what the monitor shows fulfils a condition; return it."""
    end = time.monotonic() + PAINT_MS / 1000
    while time.monotonic() < end and page.locator(".ps-frame").count():
        shown = picture(page)
        if holds(shown):
            return shown
        page.wait_for_timeout(150)
    page.screenshot(path=page.folder / "studio-failed.png")
    raise AssertionError(f"The monitor never got there: {page.errors}, {page.folder}")


def still(page):
    """Return the monitor's picture once it no longer changes."""
    before = picture(page)
    for _ in range(100):
        page.wait_for_timeout(400)
        now = picture(page)
        if changed(before, now) < 0.002:
            return now
        before = now
    raise AssertionError


def said(page):
    """Run the second cell and return what it prints."""
    page.evaluate(
        "() => { const cells = window.jupyterapp.shell.currentWidget.content.widgets;"
        " cells[1].model.clearExecution(); }"
    )
    run_cell(page, 1)
    output = page.locator(".jp-Cell").nth(1).locator(".jp-OutputArea-output pre").first
    output.wait_for(timeout=PAINT_MS)
    return output.inner_text().strip()


def test_a_drag_in_the_picture_changes_the_film_and_undo_takes_it_back(page):
    first = still(page)
    assert len(np.unique(first.reshape(-1, 3), axis=0)) > 500
    box = page.locator(".ps-frame").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + box["width"] / 4, y + 6, steps=6)
    page.mouse.up()
    until(page, lambda shown: changed(first, shown) > 0.1)
    panned = still(page)
    settle(page)
    page.screenshot(path=page.folder / "studio.png")
    told = said(page)
    assert told.startswith("False [('1A: ")
    assert told.endswith("True)]")
    page.locator(".ps-frame").first.hover()
    page.locator(".ps-slate").first.click()
    page.keyboard.press("Control+z")
    until(page, lambda shown: changed(panned, shown) > 0.1)
    assert changed(still(page), first) < 0.02
    told = said(page)
    assert told.startswith("True [('1A: ")
    assert told.endswith("False)]")
    assert page.errors == []
