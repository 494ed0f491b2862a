"""One JupyterLab and one browser for all journeys."""

from pathlib import Path

import jupyter
import pytest

JOURNEYS = Path(__file__).parent
_LEFT_BY_PLAYWRIGHT = (
    "ResourceWarning",
    "DeprecationWarning",
    "pytest.PytestUnraisableExceptionWarning",
)


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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark journeys, and let them come last: no test after them can run a loop.

    Playwright's event loop runs as long as the browser that the journeys share, and
    leaves its sockets to the interpreter's exit.
    """
    for item in items:
        if JOURNEYS in item.path.parents:
            item.add_marker(pytest.mark.browser)
            for name in _LEFT_BY_PLAYWRIGHT:
                item.add_marker(pytest.mark.filterwarnings(f"ignore::{name}"))
    items.sort(key=lambda item: JOURNEYS in item.path.parents)
