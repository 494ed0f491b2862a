import base64
import hashlib
import json
import re
from functools import partial
from html.parser import HTMLParser

import numpy as np
import pytest

import previz.report.page as page_module
from previz.cut import (
    card_frame,
    paint_cards,
    read_frames,
    render_takes,
    write_animatic,
)
from previz.errors import PrevizError
from previz.model import Move
from previz.report import board_pictures, report_html, write_report

SIZE = {"width_px": 96, "height_px": 54}
pictures = partial(board_pictures, painter=paint_cards, **SIZE)
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7*7 }}"


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self.inside = [], {}, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style", "title"):
            self.inside = [tag, dict(attrs).get("id", "")]

    def handle_data(self, data):
        if self.inside:
            key = ":".join(self.inside)
            self.text[key] = self.text.get(key, "") + data

    def handle_endtag(self, tag):
        if self.inside and tag == self.inside[0]:
            self.inside = []


@pytest.fixture
def made(short_film, tmp_path):
    def make(film=None, **options):
        film = film or short_film(**options)
        takes = render_takes(film, tmp_path / "t", painter=paint_cards, **SIZE)
        path = tmp_path / "animatic.mp4"
        write_animatic(film, takes, path, folder=tmp_path / "t", subtitles=False)
        return film, pictures(film), path

    return make


def test_the_page_holds_film_boards_list_and_plans(made):
    film, panels, path = made()
    html = report_html(film, panels, path)
    page = Page(html)
    assert base64.b64decode(page.text["script:movie"]) == path.read_bytes()
    images = [a["src"] for t, a in page.tags if t == "img"]
    assert len(images) == len(film.shots)
    assert all(src.startswith("data:image/jpeg;base64,") for src in images)
    assert html.count("<svg xmlns") == len(film.scenes)
    assert sum(a.get("data-shot") is not None for t, a in page.tags if t == "tr") == 5


def test_the_page_refers_to_nothing_outside(made):
    html = report_html(*made())
    for tag, attributes in Page(html).tags:
        assert tag not in ("link", "iframe", "object", "embed", "base")
        assert not any(name.startswith("on") for name in attributes)
        assert "style" not in attributes
        for name in ("src", "href", "srcset", "poster", "action", "data"):
            value = attributes.get(name, "data:") or "data:"
            assert value.startswith(("data:", "#"))
    bare = html.replace("http://www.w3.org/2000/svg", "")
    assert "http" not in re.sub(r"[A-Za-z0-9+/=]{200,}", "", bare).replace(
        "http-equiv", ""
    )


def test_the_policy_admits_only_the_pages_own_script(made):
    page = Page(report_html(*made()))
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv"))
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert "connect-src" not in rules
    for rule, text in (("script-src", "script:"), ("style-src", "style:")):
        digest = hashlib.sha256(page.text[text].encode()).digest()
        assert rules[rule] == f"'sha256-{base64.b64encode(digest).decode()}'"


def test_what_the_screenplay_says_stays_text(short_film, edit_scene, made):
    film = short_film(names=(EVIL, EVIL), speech=(EVIL, EVIL), title=EVIL, author=EVIL)
    film = film.changed(source=EVIL)
    slug = film.scenes[0].slugline.changed(text=EVIL)
    shots = tuple(s.changed(slate=f"{s.slate}{EVIL}") for s in film.scenes[0].shots)
    film = edit_scene(film, 0, slugline=slug, number=EVIL, shots=shots)
    film, panels, path = made(film)
    html = report_html(film, panels, path)
    page = Page(html)
    scripts = [a for t, a in page.tags if t == "script"]
    assert [a.get("id", "") for a in scripts] == ["facts", "movie", ""]
    assert len([t for t, _ in page.tags if t == "img"]) == len(film.shots)
    assert page.text["title:"].startswith(f"{EVIL}Plan of scene ")
    facts = json.loads(page.text["script:facts"])
    assert facts["shots"][1]["text"][0]["words"] == EVIL


def test_the_player_knows_where_each_shot_lies(made):
    film, panels, path = made(rate="29.97")
    facts = json.loads(Page(report_html(film, panels, path)).text["script:facts"])
    assert facts["rate"] == [30000, 1001]
    assert [(s["start"], s["frames"]) for s in facts["shots"]] == [
        (0, 5),
        (5, 7),
        (12, 6),
        (18, 4),
        (22, 9),
    ]


def noisy(_film, _scene, width, height):
    base = (
        np.random.default_rng(1).integers(0, 255, (height, width, 3)).astype(np.uint8)
    )

    def paint(shot, frame):
        picture = np.roll(base, frame * 5, axis=1).copy()
        picture[height // 4 : height // 2] = paint_cards(None, None, width, height)(
            shot, frame
        )[height // 4 : height // 2]
        return picture

    return paint


def test_a_heavy_film_is_made_to_fit_and_keeps_its_frames(short_film, tmp_path):
    film = short_film(lengths=((40, 40), (40,)), moves=(Move.STATIC,))
    size = {"width_px": 320, "height_px": 180}
    takes = render_takes(film, tmp_path / "t", painter=noisy, **size)
    path = tmp_path / "a.mp4"
    write_animatic(
        film, takes, path, folder=tmp_path / "t", slate=False, subtitles=False
    )
    panels = board_pictures(film, painter=noisy, **size)
    bare = len(report_html(film, {}, None).encode())
    limit = bare + 330_000
    assert path.stat().st_size + sum(map(len, panels.values())) > 400_000
    write_report(film, panels, path, tmp_path / "r.html", limit_bytes=limit)
    html = (tmp_path / "r.html").read_text("utf-8")
    assert len(html.encode()) <= limit
    movie = tmp_path / "small.mp4"
    movie.write_bytes(base64.b64decode(Page(html).text["script:movie"]))
    frames = list(read_frames(movie))
    assert len(frames) == film.length_frames
    numbers = [card_frame(f.to_ndarray(format="rgb24")) for f in frames]
    assert sum(a == b for a, b in zip(numbers, [*range(40)] * 3, strict=True)) > 100


def test_a_film_too_long_for_the_page_plays_as_panels_and_says_so(made):
    film, panels, path = made()
    bare = len(report_html(film, {}, None).encode())
    html = report_html(film, panels, path, limit_bytes=bare + 9_000)
    page = Page(html)
    assert "script:movie" not in page.text
    assert "does not fit in this page" in html
    assert any(a.get("id") == "still" for _, a in page.tags)


def test_a_limit_below_the_text_is_refused(made):
    with pytest.raises(PrevizError, match=r"Report\.limit_bytes must be >="):
        report_html(*made(), limit_bytes=5_000)


def test_the_shot_list_is_made_once_for_the_page(short_film, monkeypatch):
    made = []

    def counted(film, *, really=page_module.shot_rows):
        made.append(film)
        return really(film)

    monkeypatch.setattr(page_module, "shot_rows", counted)
    page_module.report_html(short_film(), {}, None)
    assert len(made) == 1


def test_the_page_says_what_made_its_pictures(short_film):
    assert "plain shading</footer>" in report_html(
        short_film(), {}, None, made_by="plain shading"
    )
