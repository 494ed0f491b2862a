"""A film outlives its page and its kernel, in a real JupyterLab."""

import os
import signal

import pytest
from eyes import changed, said, still, until
from jupyter import PAINT_MS, idle, run_cell
from test_studio_widget import picture

CELLS = (
    "import os\n"
    "from pathlib import Path\n"
    "from previz.film import Film\n"
    "from small_film import small_film\n"
    "if not Path('film').exists():\n"
    "    Film(small_film(), generator=None).save('film')\n"
    "film = Film.open('film')\n"
    "film.generator = None\n"
    "film.studio()",
    "print(os.getpid(), len(film.session._listeners), film.session.at,\n"
    "      [round(float(x), 2) for x in film['1A'].camera.poses[0].target_m])",
)


@pytest.fixture
def page(desk):
    """Open the studio on a film in a folder."""
    with desk.notebook("recovery", CELLS) as page:
        open_studio(page)
        yield page


def open_studio(page):
    """Run the first cell and wait for its picture."""
    run_cell(page, 0)
    shown(page)


def shown(page):
    """Wait until the studio that was opened last shows a picture."""
    page.wait_for_selector(".ps-report .ps-faint", timeout=PAINT_MS)
    page.wait_for_selector(".ps-waiting", state="detached", timeout=PAINT_MS)


def facts(page):
    """Return pid, listeners, entries done and where the camera looks."""
    pid, listeners, at, place = said(page).split(maxsplit=3)
    return int(pid), int(listeners), int(at), place


def drag(page):
    """Pan in the monitor by a quarter of its width."""
    box = page.locator(".ps-frame").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + box["width"] / 4, y, steps=5)
    page.mouse.up()


def test_an_edit_outlives_the_page_and_the_kernel_and_is_undone_after_both(page):
    def look():
        return picture(page)

    first = still(page, look)
    pid, listeners, at, place = facts(page)
    assert (listeners, at) == (1, 0)
    drag(page)
    until(page, look, lambda now: changed(first, now) > 0.1)
    panned = still(page, look)
    _, _, at, looks = facts(page)
    assert at == 1
    assert looks != place
    # The cell is run again: its old widget hears no more.
    open_studio(page)
    until(page, look, lambda now: changed(panned, now) < 0.02)
    page.wait_for_timeout(500)
    assert facts(page)[1:] == (1, 1, looks)

    page.reload()
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PAINT_MS)
    idle(page)
    open_studio(page)
    until(page, look, lambda now: changed(panned, now) < 0.02)
    assert facts(page)[2:] == (1, looks)

    os.kill(pid, signal.SIGKILL)
    page.wait_for_selector(".ps-lifeline.ps-cut", timeout=PAINT_MS)
    assert "Run the cells again" in page.locator(".ps-lifeline").first.inner_text()
    page.locator(".jp-Dialog button").first.click()
    page.screenshot(path=page.folder / "restarted.png")
    idle(page)
    open_studio(page)
    until(page, look, lambda now: changed(panned, now) < 0.02)
    assert page.locator(".ps-lifeline").count() == 0
    fresh, _, at, again = facts(page)
    assert fresh != pid
    assert (at, again) == (1, looks)
    page.locator(".ps-frame").first.hover()
    page.locator(".ps-slate").first.click()
    page.keyboard.press("Control+z")
    until(page, look, lambda now: changed(panned, now) > 0.1)
    assert changed(still(page, look), first) < 0.02
    assert facts(page)[2:] == (0, place)
    assert picture(page).max() > 60
