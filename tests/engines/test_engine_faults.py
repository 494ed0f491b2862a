"""What an engine says where it cannot work; a token is never told to anybody."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tiny_film import TOKEN

from previz import __version__
from previz.errors import MissingRuntimeError, PromoteError, UnknownNameError
from previz.promote.engines import dask, post
from previz.promote.engines.courier import carry_all
from previz.promote.engines.dask import DaskEngine
from previz.promote.engines.kernel import KernelEngine
from previz.promote.engines.server import ServerKernel
from previz.promote.engines.spread import Spread

LAUNCH = "from ipykernel.kernelapp import launch_new_instance; launch_new_instance()"
BARE = f"import sys; sys.modules['previz'] = None; {LAUNCH}"


@pytest.fixture
def specs(tmp_path, monkeypatch):
    """Offer kernelspecs: without previz, with an old one, dying, of no Python."""
    old = tmp_path / "old"
    old.mkdir()
    (old / "previz.py").write_text("__version__ = '0.0.1'")
    for name, code, language in (
        ("bare", BARE, "python"),
        ("old", f"import sys; sys.path.insert(0, {str(old)!r}); {LAUNCH}", "python"),
        ("dies", "raise SystemExit(1)", "python"),
        ("ir", LAUNCH, "R"),
    ):
        folder = tmp_path / "jupyter" / "kernels" / name
        folder.mkdir(parents=True)
        argv = [sys.executable, "-c", code, "-f", "{connection_file}"]
        told = {"argv": argv, "display_name": name, "language": language}
        (folder / "kernel.json").write_text(json.dumps(told))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))


def order(film, job):
    return [json.dumps({"folder": str(film.place.path), "job": job})]


def test_no_such_kernelspec_names_those_that_are(film, specs):
    with pytest.raises(
        UnknownNameError, match="one of bare, dies, old, python3, got 'pyt'"
    ):
        KernelEngine(kernelspec="pyt").start(film.place.path, film.queue())


def test_a_kernelspec_must_be_of_python(film, specs):
    with pytest.raises(UnknownNameError, match="python3, got 'ir'"):
        KernelEngine(kernelspec="ir").start(film.place.path, film.queue())


def carried(film, kernelspec):
    """Have a job carried to a kernel, and return why it failed."""
    job = film.queue()
    KernelEngine(kernelspec=kernelspec).start(film.place.path, job)
    found = film.wait(job)
    assert found.state == "failed"
    return found.error


@pytest.mark.parametrize(
    ("kernelspec", "got"),
    [("bare", "no previz"), ("old", "version 0.0.1")],
)
def test_a_kernel_without_this_previz_is_told_what_to_install(
    film, specs, kernelspec, got
):
    said = carried(film, kernelspec)
    assert f"must have previz {__version__}, as here, got {got} in kernel" in said
    assert f"{sys.executable} -m pip install 'previz[path]=={__version__}'" in said


def test_a_kernel_that_does_not_start_is_named(film, specs):
    assert "a kernel that starts, got 'dies'" in carried(film, "dies")


@pytest.mark.parametrize("token", ["wrong", ""])
def test_a_server_that_refuses_the_token_is_named_and_the_token_is_not(
    film, server, token
):
    engine = KernelEngine(server=server.url, token=token)
    with pytest.raises(PromoteError, match="token must be one that") as caught:
        engine.start(film.place.path, film.queue())
    assert "403" in str(caught.value)
    assert "wrong" not in f"{caught.value} {engine} {caught.value.__cause__}"


def test_a_server_without_the_kernelspec_names_those_it_has(film, server):
    engine = KernelEngine(kernelspec="gpu", server=server.url, token=TOKEN)
    with pytest.raises(UnknownNameError, match="one of python3, got 'gpu'"):
        engine.start(film.place.path, film.queue())


def test_nobody_at_the_address_is_said_at_once(film):
    engine = KernelEngine(server="http://127.0.0.1:9", token=TOKEN)
    with pytest.raises(PromoteError, match="server must answer") as caught:
        engine.start(film.place.path, film.queue())
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    ["gpu:8888", "ftp://gpu", f"https://gpu/?token={TOKEN}", f"https://u:{TOKEN}@gpu"],
)
def test_an_address_is_one_and_holds_no_secret(address):
    with pytest.raises(PromoteError, match=r"KernelEngine\.server must") as caught:
        ServerKernel(address)
    assert TOKEN not in str(caught.value)


def test_a_token_with_a_line_break_is_refused_unseen():
    with pytest.raises(PromoteError, match="token must be") as caught:
        ServerKernel("https://gpu", token=f"{TOKEN}\nX-More: 1")
    assert TOKEN not in str(caught.value)


def test_a_server_that_goes_and_comes_back_costs_no_finished_frame(film, server):
    job = film.queue(gate=4)
    KernelEngine(server=server.url, token=TOKEN).start(film.place.path, job)
    film.wait(job, lambda job: job.made_frames >= 2)
    server.stop()
    kept = film.frames(job)
    film.wait(job, lambda job: job.doing.startswith("waiting for"))
    film.open_gate()
    server.start()
    found = film.wait(job)
    assert (found.state, found.error) == ("done", "")
    assert {name: film.frames(job)[name] for name in kept} == kept
    assert len(film.frames(job)) == 10
    _assert_untold(film)


def _assert_untold(film):
    """Check that the token is in no file, no argument and no environment."""
    for path in film.place.path.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes()
    if sys.platform == "linux":
        for courier in post.couriers():
            for told in ("cmdline", "environ"):
                raw = Path(f"/proc/{courier.pid}/{told}").read_bytes()
                assert TOKEN.encode() not in raw


def test_a_cluster_that_is_not_there_is_named(film, monkeypatch):
    monkeypatch.setattr(dask, "_CONNECT_S", 0.3)
    job = film.queue()
    carry_all(dask.carrier_of(address="tcp://127.0.0.1:9"), order(film, job))
    found = film.ledger.job(job)
    assert found.state == "failed"
    assert "address must be a running scheduler's, got 'tcp://127.0.0.1:9'" in (
        found.error
    )


def test_a_cluster_without_the_gpus_says_how_to_offer_them():
    workers = {"a": {"resources": {}}, "b": {"resources": {"GPU": 0}}}
    client = SimpleNamespace(scheduler_info=lambda **_: {"workers": workers})
    with pytest.raises(PromoteError, match="none of 2 workers") as caught:
        list(Spread(client, gpus=1).frames(SimpleNamespace(wanted=(0,)), folder=Path()))
    assert "dask worker ADDRESS --resources GPU=1" in str(caught.value)


@pytest.mark.parametrize("fields", [{"workers": 0}, {"gpus": -1}, {"shots": 0}])
def test_a_cluster_has_workers(fields):
    (name,) = fields
    with pytest.raises(PromoteError, match=rf"DaskEngine\.{name} must be >="):
        DaskEngine(**fields)


def test_without_dask_one_is_told_how_to_get_it(film, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingRuntimeError, match=r"pip install 'previz\[dask\]'"):
        DaskEngine().start(film.place.path, film.queue())
