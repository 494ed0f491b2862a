"""What journeys look at: painted pixels, and what a cell prints."""

import io
import time

import numpy as np
from jupyter import PAINT_MS, run_cell
from PIL import Image


def pixels(shown):
    """Return what an element shows, (h, w, 3)."""
    shot = Image.open(io.BytesIO(shown.screenshot()))
    return np.asarray(shot.convert("RGB"), np.int16)


def changed(one, other, *, by=16):
    """Return the share of pixels that differ plainly; all where sizes do."""
    if one.shape != other.shape:
        return 1.0
    return float((np.abs(one - other).max(axis=2) > by).mean())


def until(page, look, holds):
    """Look until what is seen fulfils a condition; return it."""
    end = time.monotonic() + PAINT_MS / 1000
    while time.monotonic() < end:
        seen = look()
        if holds(seen):
            return seen
        page.wait_for_timeout(150)
    page.screenshot(path=page.folder / "failed.png")
    raise AssertionError(f"It never got there: {seen}, {page.errors}, {page.folder}")


def still(page, look, *, within=0.002):
    """Look until twice the same is seen; return it."""
    seen = [look()]

    def look_again():
        page.wait_for_timeout(300)
        seen.append(look())
        return seen[-1]

    return until(page, look_again, lambda now: changed(seen[-2], now) < within)


def said(page, cell=1):
    """Run a cell and return what it prints."""
    page.evaluate(
        "(at) => { const cells = window.jupyterapp.shell.currentWidget.content.widgets;"
        " cells[at].model.clearExecution(); }",
        cell,
    )
    run_cell(page, cell)
    output = page.locator(".jp-Cell").nth(cell).locator(".jp-OutputArea-output pre")
    output.first.wait_for(timeout=PAINT_MS)
    return output.first.inner_text().strip()
