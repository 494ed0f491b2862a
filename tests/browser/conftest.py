"""One JupyterLab and one browser for all journeys."""

import jupyter
import pytest


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
