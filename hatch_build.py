"""Put the front end's bundle into the wheel, building it where it is missing."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface):
    """Builds `previz/widgets/static` with Node from PATH or from pip."""

    def dependencies(self) -> list[str]:
        """Ask pip for a Node only where a build needs one and PATH has none."""
        front_end = self._front_end()
        if self._built(front_end) or front_end.system_node():
            return []
        return [front_end.NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the bundle, unless the tree already has one."""
        front_end = self._front_end()
        if not self._built(front_end):
            front_end.main(["build"])

    @staticmethod
    def _built(front_end: ModuleType) -> bool:
        return all(bundle.is_file() for bundle in front_end.BUNDLES)

    def _front_end(self) -> ModuleType:
        path = Path(self.root) / "widgets" / "build.py"
        spec = importlib.util.spec_from_file_location("previz_front_end", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
