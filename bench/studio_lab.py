"""A notebook in a real JupyterLab and Chromium that the studio is measured in."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

__all__ = ["Lab", "busy_core", "opened_lab"]

_ROOT = Path(__file__).parents[1]
_PROBE = (Path(__file__).parent / "studio_probe.js").read_text(encoding="utf-8")
_CELL_MS = 180_000
_VIEWPORT_PX = {"width": 1600, "height": 1100}


class Lab:
    """The page of a notebook, with what watches the studio in it.

    Args:
        page: The page, its kernel idle.
        jupyter: What the browser tests drive JupyterLab with.
    """

    def __init__(self, page: Any, jupyter: ModuleType) -> None:
        self.page = page
        self._jupyter = jupyter
        self._cells = 0
        page.set_default_timeout(_CELL_MS)
        page.set_viewport_size(_VIEWPORT_PX)
        self._chrome = page.context.new_cdp_session(page)
        self._chrome.send("Performance.enable")
        page.evaluate(_PROBE)

    def run(self, source: str, *, waits: bool = True) -> str:
        """Put a source into the next cell, run it, and return what it prints."""
        index, self._cells = self._cells, self._cells + 1
        self.page.evaluate(
            """([index, source]) => {
                const notebook = window.jupyterapp.shell.currentWidget.content;
                notebook.widgets[index].model.sharedModel.setSource(source);
            }""",
            [index, source],
        )
        self._jupyter.run_cell(self.page, index)
        if waits:
            self._wait_for(index)
        return str(self.page.evaluate(_PRINTED, index)) if waits else ""

    def clear(self) -> None:
        """Take all widgets off the page, and forget what was said."""
        clear = "notebook:clear-all-cell-outputs"
        self.page.evaluate("(name) => window.jupyterapp.commands.execute(name)", clear)
        self.page.wait_for_function("() => !document.querySelector('.ps-studio')")
        self.taken()

    def face(self) -> None:
        """Scroll the studio into view once it stands and nothing more is said."""
        self.page.wait_for_selector(".ps-studio")
        self.page.wait_for_selector(".ps-views .ps-waiting", state="detached")
        self.rest()
        self.page.evaluate(
            "() => document.querySelector('.ps-studio')"
            ".scrollIntoView({ block: 'end', behavior: 'instant' })"
        )
        self.page.wait_for_timeout(500)

    def taken(self) -> dict[str, Any]:
        """Return what was said, and when pointers moved, since the last call."""
        return dict(self.page.evaluate("() => window.studioProbe.taken()"))

    def where(self) -> dict[str, Any]:
        """Return where handles of the stage are, and what drawing it took so far."""
        return dict(self.page.evaluate("() => window.studioProbe.where()"))

    def asked(self, call: str) -> Any:
        """Return what a call of the probe comes to."""
        return self.page.evaluate(f"() => window.studioProbe.{call}")

    def script_ms(self) -> float:
        """Return how long the page has run JavaScript so far."""
        told = self._chrome.send("Performance.getMetrics")["metrics"]
        seconds = {one["name"]: one["value"] for one in told}
        return 1e3 * float(seconds["ScriptDuration"])

    def heap_mib(self) -> float:
        """Return what the page's JavaScript holds once garbage is collected."""
        self._chrome.send("HeapProfiler.collectGarbage")
        told = self._chrome.send("Performance.getMetrics")["metrics"]
        used = {one["name"]: one["value"] for one in told}["JSHeapUsedSize"]
        return float(used) / 2**20

    def settled(self) -> None:
        """Wait until the kernel has told of the last edit and the page knows of it."""
        self.page.evaluate(
            """() => new Promise((done) => {
                const { studioProbe: probe } = window;
                const begun = performance.now();
                const look = () => {
                    const { said } = probe;
                    const last = said.findLastIndex(({ kind }) => kind === "edit");
                    const told = said.findLastIndex(({ kind }) => kind === "tracks");
                    if (told > last || performance.now() - begun > 2000)
                        requestAnimationFrame(done);
                    else requestAnimationFrame(look);
                };
                look();
            })"""
        )

    def rest(self) -> None:
        """Wait until nothing is said for half a second."""
        self.page.evaluate(
            """() => new Promise((done) => {
                const { studioProbe: probe } = window;
                let [seen, since] = [-1, performance.now()];
                const look = setInterval(() => {
                    if (probe.said.length !== seen) {
                        [seen, since] = [probe.said.length, performance.now()];
                    } else if (performance.now() - since > 500) {
                        clearInterval(look);
                        done();
                    }
                }, 50);
            })"""
        )

    def _wait_for(self, index: int) -> None:
        self.page.wait_for_function(
            """(index) => {
                const notebook = window.jupyterapp.shell.currentWidget;
                const cell = notebook.content.widgets[index];
                return cell.model.executionCount
                    && notebook.sessionContext.session.kernel.status === "idle";
            }""",
            arg=index,
            timeout=_CELL_MS,
        )


_PRINTED = """(index) => {
    const cell = window.jupyterapp.shell.currentWidget.content.widgets[index];
    const outputs = cell.model.outputs.toJSON();
    const failed = outputs.find((one) => one.output_type === "error");
    if (failed) throw new Error(failed.traceback.join("\\n"));
    return outputs.filter((one) => one.output_type === "stream")
        .map(({ text }) => [text].flat().join("")).join("");
}"""


@contextlib.contextmanager
def opened_lab(*, cells: int, prompt: bool) -> Iterator[Lab]:
    """Open a notebook of empty cells.

    Args:
        cells: How many.
        prompt: Whether our Jupyter Server extension is on.
    """
    jupyter = _driver()
    with tempfile.TemporaryDirectory() as scratch:
        home, folder = Path(scratch, "home"), Path(scratch, "notebooks")
        (home / "config").mkdir(parents=True)
        folder.mkdir()
        extensions = {"ServerApp": {"jpserver_extensions": {"previz.nodelay": prompt}}}
        config = home / "config" / "jupyter_server_config.json"
        config.write_text(json.dumps(extensions), encoding="utf-8")
        with jupyter.notebook(folder, ["pass"] * cells, home=home) as page:
            yield Lab(page, jupyter)


@contextlib.contextmanager
def busy_core() -> Iterator[None]:
    """Keep one core busy meanwhile."""
    spinning = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        spinning.kill()
        spinning.wait()


def _driver() -> ModuleType:
    """Return what the browser tests drive JupyterLab with."""
    path = _ROOT / "tests" / "browser" / "jupyter.py"
    spec = importlib.util.spec_from_file_location("studio_jupyter", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made
