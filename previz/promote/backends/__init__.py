"""Who makes frames, by name. What one needs is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points

from previz.errors import MissingRuntimeError, UnknownNameError
from previz.promote.backend import Backend

__all__ = ["add_backend", "backend_names", "backend_of"]

_OWN = {
    "path": "previz.promote.backends.path:PathBackend",
    "wan-vace": "previz.promote.backends.wan_vace:WanVaceBackend",
    "ltx-2": "previz.promote.backends.ltx2:Ltx2Backend",
    "diffusers": "previz.promote.backends.diffusers:DiffusersBackend",
    "hosted": "previz.promote.backends.hosted:HostedBackend",
}
_GROUP = "previz.backends"
"""Entry points under which an installed package offers backends of its own."""

_added: dict[str, Callable[[], Backend]] = {}


def add_backend(name: str, make: Callable[[], Backend]) -> None:
    """Offer a backend under a name in this process; the newest of a name counts.

    Engines that run elsewhere know it only if a package there offers it as an entry
    point of the group `previz.backends`.
    """
    _added[name] = make


def backend_names() -> tuple[str, ...]:
    """Return the names that an order may have."""
    offered = (point.name for point in entry_points(group=_GROUP))
    return tuple(dict.fromkeys((*_OWN, *_added, *offered)))


def backend_of(name: str) -> Backend:
    """Return the backend of a name.

    Raises:
        UnknownNameError: If there is none.
        MissingRuntimeError: If something that it needs is not installed.
    """
    if name in _added:
        return _added[name]()
    if name in _OWN:
        module, _, kind = _OWN[name].partition(":")
        make: Callable[[], Backend] = getattr(import_module(module), kind)
        return make()
    for point in entry_points(group=_GROUP, name=name):
        return _offered(name, point.load)
    raise UnknownNameError("Order.backend", name, backend_names())


def _offered(name: str, load: Callable[[], Callable[[], Backend]]) -> Backend:
    try:
        return load()()
    except (ImportError, AttributeError) as error:
        raise MissingRuntimeError(
            f"Order.backend must be installed whole, got {name!r} ({error}). "
            "Install again the package that offers it."
        ) from None
