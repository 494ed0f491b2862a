"""The stage widget in a real JupyterLab: painted, scrubbed, played, answered."""

import io
import re

import numpy as np
import pytest
from eyes import said, until
from jupyter import PAINT_MS, rest, run_cell, settle
from PIL import Image

LENGTH_FRAMES = 240
CELLS = (
    "from hand_stage import HandStage\n"
    "from previz.widgets import StageWidget\n"
    f"stage = HandStage(length_frames={LENGTH_FRAMES})\n"
    "widget = StageWidget(stage, stage.scene.shots[0], height_px=420)\n"
    "widget",
    "import zlib\n"
    "crc = zlib.crc32(widget._payload)\n"
    "print('decoded', widget.answer.payload_crc32 == crc, widget.answer.triangles)\n"
    "print('frame', widget.frame)\n"
    "print('still', widget.still[:4] == b'\\x89PNG', len(widget.still) > 5000)",
    "widget.frame = 12",
)


@pytest.fixture(scope="module")
def page(desk):
    """Open the notebook in JupyterLab; fail at the end on any console error."""
    with desk.notebook("stage", CELLS) as page:
        run_cell(page, 0)
        page.wait_for_selector(".pv-stage canvas", timeout=PAINT_MS)
        yield page


def pixels(page):
    """Return what the picture area shows, (h, w, 3)."""
    shot = page.locator(".pv-picture").first.screenshot()
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), np.int16)


def shown_frame(page):
    """Return the frame that the transport bar names."""
    text = page.locator(".pv-count").first.inner_text()
    return int(re.match(r"\d+", text)[0])


def seek(page, share):
    """Click the scrubber at a share of its length."""
    box = page.locator(".pv-track").first.bounding_box()
    page.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
    settle(page)


def test_stage_is_painted_with_many_colours(page):
    settle(page)
    picture = pixels(page)
    colours = len(np.unique(picture.reshape(-1, 3), axis=0))
    assert colours > 800
    assert picture.std() > 15


def test_the_page_is_wide_enough_at_800_px_and_nothing_overflows(page):
    page.locator(".pv-stage").first.evaluate(
        "root => { root.parentElement.style.width = '800px' }"
    )
    settle(page)
    overflow = page.locator(".pv-stage").first.evaluate(
        "root => [...root.querySelectorAll('.pv-top > *, .pv-bar > *')].filter("
        "e => e.getBoundingClientRect().right > root.getBoundingClientRect().right + 1"
        ").length"
    )
    assert overflow == 0


def test_scrubbing_changes_frame_and_picture(page):
    seek(page, 0.0)
    before = pixels(page)
    seek(page, 0.5)
    after = pixels(page)
    assert abs(shown_frame(page) - LENGTH_FRAMES // 2) <= 2
    moved = (np.abs(after - before).max(axis=2) > 12).mean()
    assert moved > 0.01


def test_orbit_and_lens_show_other_pictures(page):
    page.locator(".pv-slate").first.click()
    page.keyboard.press("f")
    settle(page)
    home = pixels(page)
    box = page.locator(".pv-picture canvas").first.bounding_box()
    x, y = box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.5
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y + 10, steps=4)
    page.mouse.up()
    settle(page)
    orbited = pixels(page)
    page.keyboard.press("c")
    settle(page)
    lens = pixels(page)
    page.keyboard.press("c")
    page.keyboard.press("f")
    settle(page)
    for one, other in ((home, orbited), (orbited, lens)):
        assert (np.abs(one - other).max(axis=2) > 12).mean() > 0.1
    assert (np.abs(home - pixels(page)).max(axis=2) > 12).mean() < 0.01


def test_keys_play_at_true_speed_and_never_reach_the_notebook(page):
    cells = page.locator(".jp-Cell").count()
    page.locator(".pv-slate").first.click()
    page.keyboard.press("Home")
    page.keyboard.press(" ")
    named = page.evaluate(
        """() => new Promise(done => {
            const count = document.querySelector(".pv-count");
            const seen = [];
            const watch = new MutationObserver(() => {
                seen.push([performance.now(), parseInt(count.textContent)]);
                if (seen.at(-1)[0] - seen[0][0] < 2000) return;
                watch.disconnect();
                done(seen);
            });
            const all = { childList: true, characterData: true, subtree: true };
            watch.observe(count, all);
        })"""
    )
    page.keyboard.press("k")
    # Each frame is compared with the moment it was named: a slow machine names fewer,
    # and one or the other late.
    at_ms, frames = np.array(named).T
    expected = (at_ms[-1] - at_ms[0]) / 1000 * 24
    share = np.polyfit(at_ms / 1000 * 24, frames, 1)[0]
    assert share * expected == pytest.approx(expected, abs=3)
    page.keyboard.press("End")
    assert shown_frame(page) == LENGTH_FRAMES - 1
    page.keyboard.press("ArrowLeft")
    assert shown_frame(page) == LENGTH_FRAMES - 2
    assert page.locator(".jp-Cell").count() == cells


def test_bytes_go_to_the_browser_and_back(page):
    seek(page, 0.25)
    page.locator("[title^='Send a still']").first.click()
    page.wait_for_selector("[data-sent=still]", timeout=PAINT_MS)
    # What was sent is not there yet when the page says that it was.
    told = [
        f"decoded True {6 * 12 + 2 * 3 * 12 + 12}",  # set, people, thing
        f"frame {shown_frame(page)}",
        "still True True",
    ]
    until(page, lambda: said(page).splitlines(), lambda lines: lines == told)


def test_the_kernel_moves_the_frame(page):
    run_cell(page, 2)
    page.wait_for_function(
        "() => document.querySelector('.pv-count').textContent.startsWith('12 ')",
        timeout=PAINT_MS,
    )


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_both_themes_are_legible(page, theme):
    page.evaluate(
        """theme => window.jupyterapp.commands.execute(
            "apputils:change-theme", { theme })""",
        theme,
    )
    light = str(theme.endswith("Light")).lower()
    page.wait_for_selector(
        f"body[data-jp-theme-light={light}]", state="attached", timeout=PAINT_MS
    )
    settle(page)
    page.screenshot(path=page.folder / f"stage-{light}.png")
    contrast = page.locator(".pv-what").first.evaluate(
        """text => {
            const luminance = color => {
                const [r, g, b] = color.match(/[0-9.]+/g).slice(0, 3).map(v => {
                    const s = v / 255;
                    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
                });
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const pair = [getComputedStyle(text).color,
                getComputedStyle(text.closest(".pv-stage")).backgroundColor]
                .map(luminance).sort((a, b) => b - a);
            return (pair[0] + 0.05) / (pair[1] + 0.05);
        }"""
    )
    # WCAG 2.2, 1.4.3.
    assert contrast >= 4.5


def test_two_views_of_one_stage_scrub_together_and_leave_without_an_error(page):
    page.evaluate(
        """async () => {
            const notebook = window.jupyterapp.shell.currentWidget.content;
            notebook.activeCellIndex = 2;
            notebook.activeCell.model.sharedModel.setSource("widget");
            await window.jupyterapp.commands.execute("notebook:run-cell");
        }"""
    )
    page.wait_for_function(
        "() => document.querySelectorAll('.pv-stage canvas').length === 2",
        timeout=PAINT_MS,
    )
    page.locator(".pv-slate").first.click()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.pv-count')]"
        ".every(count => count.textContent.startsWith('1 '))",
        timeout=PAINT_MS,
    )
    rest(page)
    page.evaluate(
        '() => window.jupyterapp.commands.execute("notebook:clear-all-cell-outputs")'
    )
    page.wait_for_function("() => !document.querySelector('.pv-stage')")
    rest(page)
    assert page.errors == []
