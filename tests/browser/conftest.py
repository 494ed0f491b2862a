"""One JupyterLab and one browser for all journeys."""

from pathlib import Path

import jupyter
import pytest

JOURNEYS = Path(__file__).parent


@pytest.fixture(scope="package")
def browser():
    """Run a browser."""
    with jupyter.chrome() as browser:
        yield browser


@pytest.fixture(scope="package")
def desk(browser, tmp_path_factory):
    """Run JupyterLab; each journey opens a notebook of its own in it."""
    folder = tmp_path_factory.mktemp("notebooks")
    with jupyter.lab(folder, home=tmp_path_factory.mktemp("home")) as address:
        yield jupyter.Desk(address, browser, folder)


def pytest_collection_modifyitems(items):
    """Let journeys come last: no test after them can run an event loop.

    Playwright's own runs as long as the browser that the journeys share.
    """
    items.sort(key=lambda item: JOURNEYS in item.path.parents)
