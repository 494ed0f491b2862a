"""What is odd but no mistake becomes a whole film: crowds, markup, other scripts."""

import csv
import itertools
import math
from html.parser import HTMLParser

import pytest

from previz.cli import main
from previz.cut import unwritable
from previz.folder import FilmFolder
from previz.model import TimeOfDay, film_from_json

MADE = {
    "animatic.mp4",
    "boards.png",
    "shots.csv",
    "camera.csv",
    "cut.otio",
    "report.html",
    "film.json",
}
NAMES = [f"GUEST {number}" for number in range(40)]
CROWD = f"INT. HALL - DAY\n\n{', '.join(NAMES)} stand.\n\n" + "\n".join(
    f"{name}\nYes.\n" for name in NAMES[:6]
)
MARKUP = """INT. <B>KITCHEN</B> & ../../ETC - DAY

<SCRIPT>ALERT(1)</SCRIPT>
=cmd|calc, says <b>you</b> & <img src=x onerror=alert(1)>.

../../ETC/PASSWD
I am a path.

@=SUM
I am a formula.
"""
JAPANESE = """Title: 窓

INT. 台所 - 夜

雨が窓を打つ。

@真理子
もう終わったの？

@真理
まだ。
"""


def make(folder, text, *options):
    """Make the film of a text at the prompt; return the film and its folder."""
    path = folder / "work" / "inner" / "strange.fountain"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    out = path.with_name("film")
    arguments = ["animatic", str(path), "--out", str(out), "--size", "64x36"]
    with pytest.raises(SystemExit) as ended:
        main([*arguments, *options])
    assert ended.value.code == 0
    film = FilmFolder(out).load()
    assert film == film_from_json(film.to_json())
    assert {p.name for p in out.iterdir()} >= MADE
    return film, out


@pytest.fixture(scope="module")
def marked_up(tmp_path_factory):
    """Make the film of a screenplay full of markup, once."""
    return make(tmp_path_factory.mktemp("marked_up"), MARKUP)


class _Tags(HTMLParser):
    """Every tag of a page outside its drawings, with its attributes, and its words."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def test_forty_people_are_all_there_each_on_ground_of_their_own(tmp_path):
    film, _ = make(tmp_path, CROWD, "--rate", "1")
    assert [c.name.upper() for c in film.characters] == NAMES
    (scene,) = film.scenes
    assert [b.character for b in scene.blocking] == [c.id for c in film.characters]
    places = [blocking.marks[0].position_m for blocking in scene.blocking]
    wide, _, deep = scene.set.size_m
    assert all(abs(x) < wide / 2 and abs(z) < deep / 2 for x, _, z in places)
    nearest = min(math.dist(a, b) for a, b in itertools.combinations(places, 2))
    assert nearest > 0.5
    assert {b.character for b in scene.beats} >= {
        f"guest-{number}" for number in range(6)
    }


def test_a_name_with_markup_is_words_on_the_page_and_no_tag(marked_up):
    _, out = marked_up
    written = (out / "report.html").read_text(encoding="utf-8")
    page = _Tags(written)
    assert "<script>alert" not in written.lower()
    assert all("onerror" not in attributes for _, attributes in page.tags)
    words = " ".join(page.words)
    assert "<Script>Alert" in words
    assert "<B>KITCHEN</B> & ../../ETC" in words
    assert "<b>you</b>" in words


def test_markup_is_words_in_the_drawings_and_in_a_notebook_too(marked_up):
    import previz
    from previz.report import plan_svg

    film, out = marked_up
    opened = previz.Film.open(out)
    (scene,) = opened.scenes
    shots = [shot._repr_html_() for shot in scene.shots]
    drawn = [plan_svg(film.scenes[0], film), opened._repr_html_(), scene._repr_html_()]
    for html in (*drawn, *shots, opened.shot_list()._repr_html_()):
        tags = {tag for tag, _ in _Tags(html).tags}
        assert not {"script", "alert"} & tags
        assert "<B>KITCHEN" not in html
        assert "<Script>" not in html


def test_a_name_with_a_path_writes_nothing_outside_the_film_folder(marked_up):
    film, out = marked_up
    assert [c.id for c in film.characters] == ["script-alert", "etc-passwd", "sum"]
    top = out.parents[2]
    names = {p.relative_to(top).as_posix() for p in top.rglob("*")}
    inside = out.relative_to(top).as_posix()
    beside = {n for n in names if not n.startswith(inside)}
    assert beside == {"work", "work/inner", "work/inner/strange.fountain"}
    assert not [n for n in names if "passwd" in n.lower()]


def test_a_text_that_begins_like_a_formula_is_text_in_a_spreadsheet(marked_up):
    _, out = marked_up
    with (out / "shots.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert any(cell.startswith("'=Sum") for cell in cells)
    assert not [cell for cell in cells if cell[:1] in "=+@" and cell]


def test_a_japanese_heading_and_cue_are_read_kept_and_written(tmp_path):
    film, out = make(tmp_path, JAPANESE, "--rate", "4")
    (scene,) = film.scenes
    assert (scene.slugline.place, scene.slugline.time) == ("台所", "夜")
    assert scene.time_of_day is TimeOfDay.NIGHT
    assert scene.set.template == "kitchen"
    assert [c.name for c in film.characters] == ["真理子", "真理"]
    first, second = film.characters
    assert first.id != second.id
    assert all(c.id.isascii() for c in film.characters)
    assert [b.character for b in scene.beats] == ["", first.id, second.id]
    page = " ".join(_Tags((out / "report.html").read_text(encoding="utf-8")).words)
    for word in ("台所", "夜", "真理子", "もう終わったの？"):
        assert word in page
        assert word in (out / "shots.csv").read_text(encoding="utf-8-sig")
    missing = unwritable(["台所"])
    assert all(character in page for character in missing)
