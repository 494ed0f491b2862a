"""A notebook that nbconvert ran and made a page of, opened where there is no kernel."""

import os
import subprocess
import sys

import nbformat
import pytest
from jupyter import PAINT_MS, ROOT, errors_of, write_notebook
from nbconvert import HTMLExporter

CELLS = (
    "from previz.film import Film\nfrom small_film import small_film\n"
    "film = Film(small_film(), generator=None)\nfilm.studio()",
    "film.boards()",
    "from hand_stage import HandStage\nfrom previz.widgets import StageWidget\n"
    "made = HandStage(length_frames=2)\n"
    'poster = f\'<img alt="1A" src="{film["1A"].data_url()}">\'\n'
    "StageWidget(made, made.scene.shots[0], fallback_html=poster)",
    "film['1A'].curves()",
    "from previz.queued import FilmQueue\nfrom previz.folder import FilmFolder\n"
    "from previz.widgets.queue import QueueWidget\nfilm.save('film')\n"
    "QueueWidget(FilmQueue(FilmFolder('film')))",
)
PICTURES = ("img", "img", "img", "svg", "div >> text=promoted")


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """Return the notebook as nbconvert ran it; its page lies beside it."""
    folder = tmp_path_factory.mktemp("page")
    write_notebook(folder / "page.ipynb", CELLS)
    path = os.pathsep.join(map(str, (ROOT, ROOT / "tests" / "widgets")))
    env = os.environ | {"PYTHONPATH": path}
    run = ("nbconvert", "--log-level=ERROR", "--execute", "--inplace", "page.ipynb")
    subprocess.run([sys.executable, "-m", *run], cwd=folder, env=env, check=True)
    html, _ = HTMLExporter().from_filename(str(folder / "page.ipynb"))
    (folder / "page.html").write_text(html, encoding="utf-8")
    return folder / "page.ipynb"


def test_no_state_of_ours_is_stored_in_it(notebook):
    stored = nbformat.read(notebook, 4).metadata.get("widgets", {})
    states = [one for kept in stored.values() for one in kept["state"].values()]
    assert {one["model_name"] for one in states} <= {"LayoutModel"}
    assert notebook.stat().st_size < 400_000


def test_its_page_shows_a_picture_in_the_place_of_each_widget(notebook, browser):
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    errors = errors_of(page)
    # Whatever draws widgets would come from a server.
    page.route("http*://**/*", lambda route: route.abort())
    page.goto(notebook.with_suffix(".html").as_uri())
    cells = page.locator(".jp-CodeCell")
    for number, picture in enumerate(PICTURES):
        output = cells.nth(number).locator(".jp-OutputArea-output")
        assert (
            output.locator(picture).first.bounding_box(timeout=PAINT_MS)["height"] > 12
        )
        assert "It needs a kernel" in output.inner_text() or picture == "svg"
    assert [one for one in errors if "net::ERR_FAILED" not in one] == []
    page.close()
