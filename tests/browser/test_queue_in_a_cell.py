"""The queue in a real JupyterLab: frames beside their preview, a wipe, a cancel."""

import numpy as np
import pytest
from eyes import pixels, until
from jupyter import PAINT_MS, run_cell

CELLS = (
    "import io\n"
    "from PIL import Image\n"
    "from previz.widgets.queue import QueueWidget\n"
    "from previz.widgets.queue_messages import QueueCard\n"
    "def jpeg(color):\n"
    "    raw = io.BytesIO()\n"
    "    Image.new('RGB', (320, 180), color).save(raw, 'JPEG', quality=95)\n"
    "    return raw.getvalue()\n"
    "class Jobs:\n"
    "    state, asked = 'running', []\n"
    "    def cards(self):\n"
    "        return (QueueCard(job='a1', slate='2B', state=self.state,\n"
    "            backend='path', quality='final', width_px=320, height_px=180,\n"
    "            length_frames=24, rate_fps=24, made=((0, 9),), made_frames=10),)\n"
    "    def thumb(self, job, frame):\n"
    "        return jpeg('#20a040')\n"
    "    def pair(self, job, frame):\n"
    "        self.asked.append(frame)\n"
    "        return jpeg('#20a040'), jpeg('#a02040')\n"
    "    small_pair = pair\n"
    "    def cancel(self, job):\n"
    "        self.state = 'cancelled'\n"
    "jobs = Jobs()\n"
    "QueueWidget(jobs, alone=True)",
    "print('asked', jobs.asked[:1], jobs.state)",
)


@pytest.fixture(scope="module")
def page(desk):
    """Open the notebook in JupyterLab; fail at the end on any console error."""
    with desk.notebook("queue", CELLS) as page:
        run_cell(page, 0)
        page.wait_for_selector(".pq-wipe img", timeout=PAINT_MS)
        yield page


def shares(page):
    """Return which part of the picture is the preview's red and the take's green."""
    shown = pixels(page.locator(".pq-wipe"))
    red, green = shown[..., 0], shown[..., 1]
    return (red > green + 60).mean(), (green > red + 60).mean()


def parted_at(share):
    """Return whether so much of the picture is the preview's, the rest the take's."""
    return lambda seen: np.allclose(seen, (share, 1 - share), rtol=0, atol=0.06)


def test_while_it_is_made_the_newest_frame_is_seen_alone(page):
    red, _ = until(page, lambda: shares(page), lambda seen: seen[1] > 0.9)
    assert red == 0


def test_a_chosen_frame_stands_beside_its_preview_under_a_wipe(page):
    page.locator(".pq-thumb:not(:disabled)").first.click()
    page.wait_for_selector(".pq-line", timeout=PAINT_MS)
    until(page, lambda: shares(page), parted_at(0.5))
    box = page.locator(".pq-wipe").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    until(page, lambda: shares(page), parted_at(0.25))


def test_cancel_reaches_the_kernel_and_the_card_says_so(page):
    page.locator(".pq-tools .pq-button").first.click()
    page.wait_for_selector('.pq-card[data-state="cancelled"]', timeout=PAINT_MS)
    assert page.locator(".pq-state").inner_text() == "Cancelled"
    run_cell(page, 1)
    printed = page.locator(".jp-OutputArea-output pre").last
    printed.wait_for(timeout=PAINT_MS)
    assert printed.inner_text().strip() == "asked [0] cancelled"


def test_the_page_logs_no_error(page):
    assert not page.errors


def test_nothing_is_wider_than_a_narrow_cell(page):
    page.locator(".pq-queue").evaluate("e => { e.style.width = '420px' }")
    overflow = page.locator(".pq-queue").evaluate(
        "root => [...root.querySelectorAll('*')].filter(e =>"
        " e.getBoundingClientRect().right > root.getBoundingClientRect().right + 1"
        ").length"
    )
    assert overflow == 0
