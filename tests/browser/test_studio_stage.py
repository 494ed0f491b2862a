"""The studio's stage in a real JupyterLab: several things chosen and moved at once."""

import ast

import eyes
import pytest
from eyes import pixels, said
from jupyter import PAINT_MS, run_cell

CELLS = (
    "from previz.film import Film\n"
    "from small_film import small_film\n"
    "film = Film(small_film(), generator=None)\n"
    "before = film.value\n"
    "def told():\n"
    "    scene = film.value.scenes[0]\n"
    "    tables = [p.position_m for p in scene.set.pieces if p.kind == 'table']\n"
    "    keys = [li.position_m for li in scene.lights if li.kind == 'area']\n"
    "    done = [e.words for e in film.history if e.done]\n"
    "    return tables, keys, done, film.value == before\n"
    "studio = film.studio('stage')\n"
    "studio",
    "print(told())",
)


@pytest.fixture(scope="module")
def page(desk):
    """Open the stage alone in plan, built and framed."""
    with desk.notebook("plan", CELLS) as page:
        run_cell(page, 0)
        page.wait_for_selector(".ps-views > canvas", timeout=PAINT_MS)
        page.wait_for_selector(".ps-waiting", state="detached", timeout=PAINT_MS)
        page.get_by_text("Plan", exact=True).first.click()
        page.wait_for_selector("[data-layout=plan]", timeout=PAINT_MS)
        yield page


def still(page):
    """Return what the stage shows once it no longer changes."""
    view = page.locator(".ps-views > canvas")
    return eyes.still(page, lambda: pixels(view), within=0.0005)


def other_than(page, before, share=0.002):
    """Wait for a stage that differs from one before; return it once it rests."""
    view = page.locator(".ps-views > canvas")
    eyes.until(page, lambda: pixels(view), lambda now: changed(before, now) > share)
    return still(page)


def changed(one, other):
    """Return the share of pixels that differ plainly."""
    return eyes.changed(one, other, by=24)


def told(page):
    """Return what the second cell prints: tables, lamps, history, as it was."""
    return ast.literal_eval(said(page))


def until(page, holds):
    """Wait until the film fulfils a condition; return what is told of it."""
    return eyes.until(page, lambda: told(page), lambda now: holds(*now))


def press(page, key):
    """Press a key while the studio has the focus."""
    page.locator(".ps-studio").focus()
    page.keyboard.press(key)


def drag(page, start, by):
    page.mouse.move(*start)
    page.mouse.down()
    for share in (0.2, 0.6, 1.0):
        page.mouse.move(start[0] + by[0] * share, start[1] + by[1] * share)
        page.wait_for_timeout(80)
    page.mouse.up()


def test_what_is_chosen_together_is_moved_doubled_taken_out_and_brought_back(page):
    bare = still(page)
    box = page.locator("[data-pane=plan]").bounding_box()
    corner = (box["x"] + 12, box["y"] + 40)
    page.keyboard.down("Shift")
    drag(page, corner, (box["width"] - 30, box["height"] - 100))
    page.keyboard.up("Shift")
    page.wait_for_selector(".ps-hold", timeout=PAINT_MS)
    assert "chosen" in page.locator(".ps-hold > b").inner_text()

    names = page.locator(".ps-hold > b").get_attribute("title")
    assert "table" in names
    assert "key" in names
    first = still(page)
    (table,), (key,), _, _ = told(page)
    x = page.locator(".ps-hold input").first
    x.fill(f"{float(x.input_value()) + 0.4:.2f}")
    x.press("Enter")
    tables, keys, done, _ = until(page, lambda *now: len(now[2]) == 1)
    assert tables[0][0] - table[0] == pytest.approx(0.4, abs=0.02)
    assert keys[0][0] - key[0] == pytest.approx(0.4, abs=0.02)
    moved = other_than(page, first)

    press(page, "Control+d")
    tables, keys, done, _ = until(page, lambda *now: len(now[2]) == 2)
    assert (len(tables), len(keys)) == (2, 2)
    page.wait_for_function(
        "() => document.querySelector('.ps-hold > b').textContent === '2 chosen'",
        timeout=PAINT_MS,
    )
    other_than(page, moved)

    press(page, "Delete")
    tables, keys, done, _ = until(page, lambda *now: len(now[2]) == 3)
    assert (len(tables), len(keys)) == (1, 1)
    assert "out" in done[2]

    for left in (2, 1, 0):
        press(page, "Control+z")
        until(page, lambda *now, left=left: len(now[2]) == left)
    assert told(page)[3] is True
    view = page.locator(".ps-views > canvas")
    eyes.until(page, lambda: pixels(view), lambda now: changed(bare, now) < 0.005)
    page.screenshot(path=page.folder / "stage.png")
    assert page.errors == []


def test_a_chair_from_the_shelf_stands_in_the_set(page):
    press(page, "Shift+A")
    field = page.locator(".ps-shelf input")
    field.wait_for(timeout=PAINT_MS)
    page.wait_for_selector(".ps-shelf-card .ps-tile[style*=blob]", timeout=PAINT_MS)
    field.fill("coffee")
    cards = page.locator(".ps-shelf-card")
    assert cards.count() == 1
    cards.first.click()
    _, _, done, _ = until(page, lambda *now: len(now[2]) == 1)
    assert done[0].startswith("Scene 1: coffee table in")
    press(page, "Control+z")
    until(page, lambda *now: now[3])
    assert page.errors == []
