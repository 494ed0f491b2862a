"""A real JupyterLab and a real browser, on this machine alone."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Software WebGL, and no calls to anywhere.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
START_S = 90
PAINT_MS = 120_000
SESSION = "window.jupyterapp.shell.currentWidget?.sessionContext"


def chromium():
    """Return the path of the system's Chromium, or fail and say how to get one."""
    for name in CHROMIUMS:
        found = shutil.which(name)
        if found:
            return found
    pytest.fail(
        "The browser tests need Chromium and found none. Run `sudo apt-get install "
        "chromium` (Debian, Ubuntu) or `brew install chromium` (macOS).",
        pytrace=False,
    )
    raise AssertionError


def write_notebook(path, cells):
    """Write a notebook of code cells without outputs."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, path)


def _environment(home):
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    quiet = '{"fetchNews": "false", "checkForUpdates": false}'
    (settings / "notification.jupyterlab-settings").write_text(quiet, encoding="utf-8")
    # JupyterLab's splash screen takes itself away twice when a page opens slowly, and
    # throws: that is no error of ours.
    splash = '{"disabledExtensions": {"@jupyterlab/apputils-extension:splash": true}}'
    (home / "config" / "labconfig").mkdir(parents=True)
    page_config = home / "config" / "labconfig" / "page_config.json"
    page_config.write_text(splash, encoding="utf-8")
    folders = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "IPYTHONDIR": home / "ipython",
    }
    python_path = f"{ROOT}{os.pathsep}{ROOT / 'tests' / 'widgets'}"
    return (
        os.environ
        | {name: str(folder) for name, folder in folders.items()}
        | {"PYTHONPATH": python_path, "JUPYTER_PLATFORM_DIRS": "1"}
    )


@contextlib.contextmanager
def lab(folder, *, home):
    """Run JupyterLab on `folder`; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", "--allow-root"),
        *("--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True"),
        *(f"--ServerApp.root_dir={folder}", "--expose-app-in-browser"),
        *("--LabServerApp.extra_labextensions_path=[]", "--LabApp.collaborative=False"),
    ]
    log = (home / "server.log").open("w", encoding="utf-8")
    server = subprocess.Popen(
        command, env=_environment(home), stdout=log, stderr=log, cwd=folder
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server, Path(log.name))
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        log.close()


def _wait_for(address, server, log):
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/api/status", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


class Desk:
    """A JupyterLab that runs, and a browser to look at it with."""

    def __init__(self, address, browser, folder):
        self.address, self.browser, self.folder = address, browser, folder

    @contextlib.contextmanager
    def notebook(self, name, cells):
        """Open a notebook of these cells in a folder of its own; its kernel is ready.

        `page.errors` collects what the console and the page call errors.
        """
        folder = self.folder / name
        folder.mkdir()
        write_notebook(folder / "journey.ipynb", cells)
        page = self.browser.new_page(viewport={"width": 1400, "height": 860})
        page.set_default_timeout(PAINT_MS)
        page.errors, page.folder = errors_of(page), folder
        # A workspace of its own, so that no tab of another journey comes back.
        page.goto(f"{self.address}/lab/workspaces/{name}/tree/{name}/journey.ipynb")
        page.wait_for_function("window.jupyterapp", timeout=PAINT_MS)
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PAINT_MS)
        idle(page)
        yield page
        # Left to itself, its kernel would keep its memory and be waited for.
        page.evaluate(f"async () => {{ await {SESSION}.shutdown(); }}")
        page.close()


def errors_of(page):
    """Return a list that gathers what the page and its console call errors."""
    errors = []
    page.on("pageerror", lambda error: errors.append(f"{error}\n{error.stack}"))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text) if message.type == "error" else None
        ),
    )
    return errors


@contextlib.contextmanager
def chrome():
    """Run a browser."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextlib.contextmanager
def notebook(folder, cells, *, home):
    """Open a notebook of these cells in a JupyterLab and a browser of its own."""
    with lab(folder, home=home) as address, chrome() as browser:
        own = Desk(address, browser, folder)
        with own.notebook("alone", cells) as page:
            yield page


def idle(page):
    """Wait for a kernel that has nothing to do."""
    page.wait_for_function(
        f"() => window.jupyterapp && {SESSION}?.session?.kernel?.status === 'idle'",
        timeout=PAINT_MS,
    )


def run_cell(page, index):
    """Run one cell by the notebook's own command."""
    page.evaluate(
        """(index) => {
            const notebook = window.jupyterapp.shell.currentWidget.content;
            notebook.deselectAll();
            notebook.activeCellIndex = index;
            window.jupyterapp.commands.execute("notebook:run-cell");
        }""",
        index,
    )


def settle(page):
    """Wait for two painted frames of the page."""
    page.evaluate(
        "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
    )


def rest(page):
    """Wait until the kernel and the page have nothing left to do.

    ipywidgets still sends messages to a view that is cleared as soon as it appears, and
    logs an error of its own (`processLuminoMessage` of null).
    """
    idle(page)
    page.evaluate("() => new Promise(done => requestIdleCallback(done))")
    settle(page)
