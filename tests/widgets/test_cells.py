"""What widgets leave in a notebook's file."""

import importlib
import pkgutil

import pytest
from ipywidgets import Widget

from previz import widgets
from previz.widgets import cells
from previz.widgets.cells import Unowned


def every_widget():
    for module in pkgutil.iter_modules(widgets.__path__, "previz.widgets."):
        for found in vars(importlib.import_module(module.name)).values():
            own = getattr(found, "__module__", "") == module.name
            if own and isinstance(found, type) and issubclass(found, Widget):
                yield found


def test_every_widget_opens_to_all_pages_in_the_one_way():
    found = [*every_widget()]
    assert len(found) >= 4
    assert [each.__name__ for each in found if each.open is not Unowned.open] == []


@pytest.mark.parametrize("unowned", [True, False])
def test_where_no_kernel_is_a_widget_opens_as_any_other(unowned, monkeypatch):
    opened = []

    class Plain:
        def open(self):
            opened.append(self)

    class Ours(Unowned, Plain):
        pass

    monkeypatch.setattr(cells, "_open_unowned", lambda widget: unowned)
    ours = Ours()
    ours.open()
    assert opened == ([] if unowned else [ours])
