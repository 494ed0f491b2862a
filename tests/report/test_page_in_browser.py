"""The report in a real browser: from a file, in a frame, offline."""

import html
import shutil
import time

import numpy as np
import pytest

from previz.cut import paint_cards, render_takes, timeline, write_animatic
from previz.report import board_pictures, report_html

pytestmark = pytest.mark.browser
BITS = 12
LONG_S = 120
"""After which what is waited for does not come any more."""


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail(
            "The browser tests need Chromium and found none. Run `sudo apt-get install "
            "chromium` (Debian, Ubuntu) or `brew install chromium` (macOS).",
            pytrace=False,
        )
    with sync_playwright() as play:
        running = play.chromium.launch(
            executable_path=found,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-sync",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield running
        running.close()


@pytest.fixture
def film(short_film):
    return short_film(lengths=((24, 30, 20), (26, 40)))


@pytest.fixture
def report(film, tmp_path):
    size = {"width_px": 192, "height_px": 108}
    takes = render_takes(film, tmp_path / "t", painter=paint_cards, **size)
    path = tmp_path / "a.mp4"
    write_animatic(film, takes, path, folder=tmp_path / "t", subtitles=False)
    panels = board_pictures(film, takes, tmp_path / "t")
    return report_html(film, panels, path), report_html(film, panels, None)


@pytest.fixture
def opened(browser, tmp_path):
    faults = []

    def open_(text, *, framed=False, width=1280):
        if framed:
            text = (
                '<!doctype html><body><iframe sandbox="allow-scripts" width="1200" '
                f'height="900" srcdoc="{html.escape(text)}"></iframe>'
            )
        path = tmp_path / "page.html"
        path.write_text(text, "utf-8")
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on(
            "console", lambda m: faults.append(m.text) if m.type == "error" else None
        )
        page.on("pageerror", lambda e: faults.append(str(e)))
        page.on(
            "request",
            lambda r: (
                faults.append(r.url)
                if not r.url.startswith(("file:", "data:", "blob:", "about:"))
                else None
            ),
        )
        page.goto(path.as_uri())
        return page.frames[-1] if framed else page

    yield open_
    assert faults == []


def until(true):
    """Ask again and again; the page's policy forbids the browser's own waiting."""
    ends = time.monotonic() + LONG_S
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.02)


def frame_number(page):
    return int(page.locator("#count").inner_text().split()[0])


def shown(frame):
    """Return the frame number that the picture itself carries."""
    until(
        lambda: frame.evaluate(
            "() => { const v = document.getElementById('video');"
            "return v.readyState >= 2 && !v.seeking }"
        )
    )
    bits = frame.evaluate(
        """(bits) => {
          const v = document.getElementById("video");
          const c = document.createElement("canvas");
          c.width = v.videoWidth; c.height = v.videoHeight;
          const g = c.getContext("2d");
          g.drawImage(v, 0, 0);
          const row = g.getImageData(0, Math.floor(c.height * 3 / 8), c.width, 1).data;
          return [...Array(bits).keys()].map(
            (i) => row[4 * Math.floor((i + 0.5) * c.width / bits)] > 127);
        }""",
        BITS,
    )
    return int((np.array(bits) << np.arange(BITS)).sum())


@pytest.mark.parametrize("framed", [False, True])
def test_a_panel_shows_its_shot_and_keys_step_frames(opened, report, film, framed):
    page = opened(report[0], framed=framed)
    for index, clip in enumerate(timeline(film)):
        page.locator(".panel").nth(index).click()
        assert page.locator("#c-slate").inner_text() == clip.shot.slate
        assert page.locator("#count").inner_text().startswith(f"{clip.record_frame} ")
        until(lambda: shown(page) == 0)
    page.locator("#screen").focus()
    for key, wanted in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)):
        page.locator("#screen").press(key)
        until(lambda wanted=wanted: shown(page) == wanted)
    page.locator("#screen").press("[")
    assert page.locator("#c-slate").inner_text() == "2A"


def test_the_timecode_is_the_films(opened, report, film):
    page = opened(report[0])
    page.locator(".panel").nth(4).click()
    assert page.locator("#tc").inner_text() == film.rate.timecode(100)


def test_the_player_says_what_made_a_promoted_shot(opened, film):
    (_, first), *_ = film.shots
    made = {first.id: "path, final, 960×540"}
    page = opened(report_html(film, {}, None, promoted=made))
    page.locator("#screen").focus()
    word = page.get_by_text("Promoted", exact=True)
    assert page.locator("#c-promoted").inner_text() == "path, final, 960×540"
    assert word.is_visible()
    page.keyboard.press("]")
    assert not word.is_visible()


def test_it_plays_and_stops_by_keys(opened, report):
    page = opened(report[0])
    page.locator("#screen").focus()
    page.keyboard.press("l")
    until(lambda: frame_number(page) > 12)
    page.keyboard.press("k")
    stopped = page.locator("#count").inner_text()
    page.wait_for_timeout(200)
    assert page.locator("#count").inner_text() == stopped
    page.keyboard.press("j")
    until(lambda: frame_number(page) == 0)


def test_scrubbing_the_strip_goes_there(opened, report, film):
    page = opened(report[0])
    box = page.locator("#strip").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + 8)
    assert abs(frame_number(page) - 0.75 * film.length_frames) <= 2


def test_columns_sort_by_value(opened, report):
    page = opened(report[0])
    cells = page.locator("#table tbody tr td:nth-child(9)")
    page.get_by_role("button", name="length frames").click()
    assert cells.all_inner_texts() == ["20", "24", "26", "30", "40"]
    page.get_by_role("button", name="length frames").click()
    assert cells.all_inner_texts() == ["40", "30", "26", "24", "20"]


def test_without_a_film_the_panels_play(opened, report):
    page = opened(report[1])
    first = page.locator("#still").get_attribute("src")
    page.locator("#screen").focus()
    page.keyboard.press(" ")
    until(lambda: page.locator("#c-slate").inner_text() == "1B")
    page.keyboard.press(" ")
    assert page.locator("#still").get_attribute("src") != first


@pytest.mark.parametrize("width", [800, 1280])
def test_nothing_is_wider_than_the_page(opened, report, width):
    page = opened(report[0], width=width)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
