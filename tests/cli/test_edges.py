"""The edges: stopped while it loads, and nowhere to keep what it compiles."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import previz
from previz import loop_cache
from previz.loop_cache import provide_loop_cache

ROOT = Path(previz.__file__).parents[1]
STOPS = """
import os, signal, time
# Whoever runs the tests in a shell's background has Ctrl-C ignored for all below.
signal.signal(signal.SIGINT, signal.default_int_handler)
os.kill(os.getpid(), signal.SIGINT)
time.sleep(5)
"""


def program(*arguments, path, **environment):
    """Run `python -m previz` with folders that are searched before its own."""
    searched = os.pathsep.join(str(folder) for folder in (*path, ROOT))
    return subprocess.run(
        [sys.executable, "-m", "previz", *arguments],
        env=os.environ | {"PYTHONPATH": searched} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("loading", ["typer", "pydantic"])
def test_ctrl_c_while_loading_is_one_line(tmp_path, loading):
    (tmp_path / f"{loading}.py").write_text(STOPS)
    ended = program("animatic", "x.fountain", "--out", "x", path=[tmp_path])
    # A shell reports a program that SIGINT ended as 130 too.
    assert ended.returncode in (130, -signal.SIGINT)
    assert ended.stderr.startswith("previz: stopped.")
    assert ended.stderr.count("\n") == 1


def test_importing_previz_loads_nothing_that_takes_time():
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, previz; print(*sys.modules)"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "previz.loop_cache" in loaded
    assert not {"typing", "pathlib", "pydantic", "previz.film"} & set(loaded)


def test_every_public_name_is_there():
    for name in previz.__all__:
        assert getattr(previz, name) is not None
    assert sorted(previz.__all__) == dir(previz)
    with pytest.raises(AttributeError, match="no attribute 'Flim'"):
        _ = previz.Flim


@pytest.fixture
def locked(tmp_path, monkeypatch):
    """Make the package and the home unwritable, and `tmp_path/tmp` the place left."""
    (tmp_path / "tmp").mkdir()
    may = os.access

    def access(path, mode):
        inside = Path(path).resolve().is_relative_to(tmp_path)
        return may(path, mode) and (inside or not mode & os.W_OK)

    monkeypatch.setattr(os, "access", access)
    monkeypatch.setenv("HOME", "/nonexistent")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    # Set first, so that what the code sets is taken back afterwards.
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    return tmp_path


def test_compiled_loops_go_to_a_private_folder_where_nothing_else_is_writable(
    locked, capsys
):
    provide_loop_cache()
    chosen = Path(os.environ["NUMBA_CACHE_DIR"])
    assert chosen.parent == locked / "tmp"
    assert chosen.stat().st_mode & 0o077 == 0
    said = capsys.readouterr().err
    assert said.startswith("previz: compiled loops are kept in ")
    assert said.count("\n") == 1
    os.environ["NUMBA_CACHE_DIR"] = ""
    provide_loop_cache()
    assert Path(os.environ["NUMBA_CACHE_DIR"]) == chosen


def test_a_cache_folder_that_others_may_write_is_not_taken(locked):
    provide_loop_cache()
    chosen = Path(os.environ["NUMBA_CACHE_DIR"])
    chosen.chmod(0o777)
    os.environ["NUMBA_CACHE_DIR"] = ""
    provide_loop_cache()
    assert Path(os.environ["NUMBA_CACHE_DIR"]) != chosen


def test_a_writable_place_is_left_to_numba(locked, capsys, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(locked / "cache" / "new"))
    provide_loop_cache()
    assert os.environ["NUMBA_CACHE_DIR"] == ""
    monkeypatch.setenv("XDG_CACHE_HOME", "/nonexistent")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(locked / "mine"))
    provide_loop_cache()
    assert os.environ["NUMBA_CACHE_DIR"] == str(locked / "mine")
    assert capsys.readouterr().err == ""


def test_a_read_only_installation_without_a_home_compiles(tmp_path):
    """numba itself finds the folder; where it may write decides its refusal."""
    package = tmp_path / "previz"
    package.mkdir()
    for name in ("__init__.py", "loop_cache.py"):
        shutil.copyfile(Path(loop_cache.__file__).parent / name, package / name)
    for room in ("stage", "render"):
        (package / room).mkdir()
        # A file in its place: even an administrator can write no cache there.
        (package / room / "__pycache__").write_text("")
    (package / "stage" / "loop.py").write_text(
        "from numba import njit\n@njit(cache=True)\ndef double(x):\n    return 2 * x\n"
    )
    (tmp_path / "home").write_text("")
    (tmp_path / "tmp").mkdir()
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            "from previz.stage.loop import double; print(double(4))",
        ],
        env=os.environ
        | {
            "PYTHONPATH": str(tmp_path),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(tmp_path / "home"),
            "XDG_CACHE_HOME": str(tmp_path / "home"),
            "LOCALAPPDATA": str(tmp_path / "home"),
            "TMPDIR": str(tmp_path / "tmp"),
            "NUMBA_CACHE_DIR": "",
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (ended.stdout, ended.returncode) == ("8\n", 0), ended.stderr
    assert ended.stderr.count("\n") == 1
    assert list((tmp_path / "tmp").rglob("*.nbi"))
