"""Promotion from the studio in a real JupyterLab: plan, queue, wipe, cancel."""

import ast

import numpy as np
import pytest
from eyes import pixels, said
from jupyter import PAINT_MS, run_cell

CELLS = (
    "from previz.film import Film\n"
    "from small_film import small_film\n"
    "from ramp_backend import offer\n"
    "offer('offered')\n"
    "film = Film(small_film(), generator=None)\n"
    "film.edit('trim_shot', shot='1B', length_frames=2)\n"
    "_ = film.save('film')\n"
    "film.studio(shot='1B')",
    "print([(job.slate, job.quality, job.state) for job in film.promotions.jobs()])",
)
ROW = ".pq-card[data-state='{}']"


@pytest.fixture(scope="module")
def page(desk):
    """Open the studio on a small film that has a folder, up to its first picture."""
    with desk.notebook("promote", CELLS) as page:
        run_cell(page, 0)
        page.wait_for_selector(".ps-report .ps-faint", timeout=PAINT_MS)
        page.wait_for_selector(".ps-waiting", state="detached", timeout=PAINT_MS)
        yield page


def ask(page, quality):
    """Open the plan of the shot at a quality, 320 × 180."""
    page.locator(".ps-promote").click()
    page.locator(".ps-confirm .ps-choice button", has_text=quality).click()
    page.locator(".ps-confirm option", has_text="ramp").wait_for(state="attached")
    backend, size = page.locator(".ps-confirm select").all()
    backend.select_option("ramp")
    size.select_option("320x180")
    # The plan of the order before it may stand for a moment.
    planned = page.locator(".ps-confirm-body", has_text="320 × 180")
    planned.locator(".ps-confirm-rows").wait_for(timeout=PAINT_MS)
    page.wait_for_selector(".ps-primary:not(:disabled)", timeout=PAINT_MS)


def test_the_plan_stands_before_anything_begins(page):
    ask(page, "Draft")
    told = page.locator(".ps-confirm-body").inner_text()
    assert "320 × 180" in told
    assert "2 frames" in told
    assert "dropped" in told
    page.screenshot(path=page.folder / "confirm.png")
    page.keyboard.press("Escape")
    page.wait_for_selector(".ps-confirm", state="detached", timeout=PAINT_MS)
    assert said(page) == "[]"


def test_a_promoted_shot_goes_through_the_queue_and_its_take_is_painted(page):
    ask(page, "Draft")
    page.locator(".ps-primary").click()
    page.wait_for_selector(ROW.format("running"), timeout=PAINT_MS)
    (page.folder / "offered" / "open").touch()
    page.wait_for_selector(
        f"{ROW.format('done')}, {ROW.format('review')}", timeout=PAINT_MS
    )
    before = pixels(page.locator(".ps-frame").first)
    page.locator(".pq-card button", has_text="Wipe").first.click()
    page.wait_for_selector(".ps-wipe-right", timeout=PAINT_MS)
    assert "Take draft" in page.locator(".ps-wipe-right").inner_text()
    after = pixels(page.locator(".ps-frame").first)
    middle = after.shape[1] // 2
    apart = np.abs(after.astype(int) - before).mean((0, 2))
    assert apart[middle + 20 :].mean() > 20
    assert apart[20 : middle - 60].mean() < 2
    # The ramp of the test's backend is red.
    red = after[:, middle + 60 :].astype(int)
    assert (red[..., 0] > red[..., 1] + 20).mean() > 0.9
    page.screenshot(path=page.folder / "take.png")


def test_cancel_stops_a_job_in_the_queue(page):
    ask(page, "Final")
    page.locator(".ps-primary").click()
    card = page.locator(".pq-card", has_text="final")
    card.get_by_role("button", name="Cancel").click(timeout=PAINT_MS)
    page.wait_for_selector(ROW.format("cancelled"), timeout=PAINT_MS)
    assert "final" in page.locator(ROW.format("cancelled")).inner_text()
    told = said(page)
    assert "'draft'" in told
    # A draft that is made again with another seed may stand behind it.
    finals = [job for job in ast.literal_eval(told) if job[1] == "final"]
    assert finals == [("1B", "final", "cancelled")]
    assert page.errors == []
