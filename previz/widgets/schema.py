"""Write the TypeScript types of the model and of the widgets' messages.

    python -m previz.widgets.schema

writes `queue.ts`, and `messages.ts`, `edits.ts` and `schema.ts` with a file in the
folder of that name for each module that they are of, into `widgets/src` of a source
checkout; a test fails where one of them lags behind the models.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Literal, get_args

from pydantic.json_schema import models_json_schema

from previz import edits, model
from previz.edits.kinds import KINDS
from previz.model import SCHEMA_VERSION, Film, Model
from previz.widgets import protocol
from previz.widgets.messages import MESSAGES_VERSION, PARTS, FromPage, ToPage
from previz.widgets.protocol import PROTOCOL_VERSION, StageAnswer, StageHeader
from previz.widgets.queue_messages import FromQueuePage, ToQueuePage

__all__ = [
    "COMMAND",
    "SOURCES",
    "edits_typescript",
    "messages_typescript",
    "schema_typescript",
    "written",
]

COMMAND = "python -m previz.widgets.schema"
SOURCES = Path(__file__).parents[2] / "widgets" / "src"
"""Where the front end's sources are in a source checkout."""

_ROOTS: tuple[type[Model], ...] = (Film, StageHeader, StageAnswer)
_HEAD = f"// Written by `{COMMAND}`. Edit the Python models, never this file."
_PRIMITIVES = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}


def written() -> dict[str, str]:
    """Return every TypeScript module by its path below `SOURCES`."""
    return {
        **schema_typescript(),
        **edits_typescript(),
        **messages_typescript(),
        "queue.ts": queue_typescript(),
    }


def schema_typescript() -> dict[str, str]:
    """Return what `to_json` writes: a module for each of the model's, and of all."""
    definitions, rooms = _definitions(*_ROOTS), _rooms()
    declared: dict[str, dict[str, Any]] = {}
    for name, definition in definitions.items():
        declared.setdefault(rooms[name], {})[name] = definition
    head = [
        _HEAD,
        "",
        f"export const SCHEMA_VERSION = {SCHEMA_VERSION};",
        f"export const PROTOCOL_VERSION = {PROTOCOL_VERSION};",
    ]
    parts = [f'export type * from "./schema/{room}";' for room in sorted(declared)]
    made = {"schema.ts": "\n".join([*head, "", *parts]) + "\n"}
    for room, own in declared.items():
        others = {other: named for other, named in declared.items() if other != room}
        types = _declarations(own)
        lines = "\n".join([_HEAD, *_imports([own], **others)])
        made[f"schema/{room}.ts"] = "\n\n".join([lines, *types]) + "\n"
    return made


def _rooms() -> dict[str, str]:
    """Return in which module each type of the model is, by the type's name."""
    return _declared_in(*_modules(model), protocol)


def _modules(package: ModuleType) -> list[ModuleType]:
    names = [f"{package.__name__}.{f.name}" for f in iter_modules(package.__path__)]
    return [import_module(name) for name in names]


def _declared_in(*modules: ModuleType) -> dict[str, str]:
    return {
        name: module.__name__.rpartition(".")[2]
        for module in modules
        for name, value in vars(module).items()
        if getattr(value, "__module__", "") == module.__name__
    }


def edits_typescript() -> dict[str, str]:
    """Return what a page can ask of a film: a module for each of edits', and of all.

    What may be left out is optional.
    """
    declared: dict[str, dict[str, Any]] = {}
    in_room = _declared_in(*_modules(edits))
    for name, definition in _edits().items():
        declared.setdefault(in_room[name], {})[name] = definition
    kinds = sorted(kind.__name__ for kind in KINDS.values())
    rooms = {f"edits/{room}": own for room, own in sorted(declared.items())}
    used = [{"$ref": kind} for kind in kinds]
    parts = [f'export type * from "./{room}";' for room in rooms]
    head = "\n".join([_HEAD, *_imports(used, **rooms), "", *parts])
    made = {"edits.ts": f"{head}\n\n{_union('Edit', kinds)}\n"}
    for room, own in declared.items():
        others = {other: named for other, named in declared.items() if other != room}
        beside = {**others, "../schema": _definitions(*_ROOTS)}
        lines = "\n".join([_HEAD, *_imports([own], **beside)])
        types = _declarations(own, optional=True)
        made[f"edits/{room}.ts"] = "\n\n".join([lines, *types]) + "\n"
    return made


def messages_typescript() -> dict[str, str]:
    """Return what page and kernel send each other: a module for each, and of all.

    What a page may leave out is optional; what the kernel sends is all there.
    """
    known, asks = _definitions(*_ROOTS), _edits()
    sent, asked = get_args(ToPage), get_args(FromPage)
    of_queue = _queue_types()
    said = _but(_definitions(*sent), known.keys() | asks.keys() | of_queue)
    heard = _but(
        _definitions(*asked, mode="validation"),
        known.keys() | said | asks.keys() | of_queue,
    )
    heard["EditAsked"]["properties"]["edit"] = {"$ref": "Edit"}
    said["QueueTold"]["properties"]["told"] = {"$ref": "ToQueuePage"}
    heard["QueueAsked"]["properties"]["asked"] = {"$ref": "FromQueuePage"}
    elsewhere: dict[str, Mapping[str, Any]] = {
        "../edits": {**asks, "Edit": {}},
        "../queue": {"FromQueuePage": {}, "ToQueuePage": {}},
        "../schema": known,
    }
    made = {"messages.ts": _messages_index(sent, asked, said=said, heard=heard)}
    for name, own in (("told", said), ("asked", heard)):
        beside = elsewhere if own is said else {**elsewhere, "told": said}
        lines = "\n".join([_HEAD, *_imports([own], **beside)])
        types = _declarations(own, optional=own is heard)
        made[f"messages/{name}.ts"] = "\n\n".join([lines, *types]) + "\n"
    return made


def _messages_index(
    sent: tuple[type[Model], ...],
    asked: tuple[type[Model], ...],
    *,
    said: Mapping[str, Any],
    heard: Mapping[str, Any],
) -> str:
    parts = "".join(f"\n  {json.dumps(part)}," for part in PARTS)
    unions = {
        union: [member.__name__ for member in members]
        for union, members in (("FromPage", asked), ("ToPage", sent))
    }
    used = [{"$ref": name} for names in unions.values() for name in names]
    modules = {"messages/asked": heard, "messages/told": said}
    head = [
        _HEAD,
        *_imports(used, **modules),
        "",
        *(f'export type * from "./{module}";' for module in modules),
        "",
        f"export const MESSAGES_VERSION = {MESSAGES_VERSION};",
        f"export const PARTS = [{parts}\n] as const;",
    ]
    lists = [_union(union, names) for union, names in unions.items()]
    return "\n\n".join(["\n".join(head), *lists]) + "\n"


def queue_typescript() -> str:
    """Return the TypeScript module of what the queue's page and kernel say."""
    asked, sent = _queue_messages()
    said = _definitions(*sent)
    heard = _but(_definitions(*asked, mode="validation"), said)
    types = _declarations(said) + _declarations(heard, optional=True)
    for union, members in (("FromQueuePage", asked), ("ToQueuePage", sent)):
        types.append(_union(union, [member.__name__ for member in members]))
    return "\n\n".join([_HEAD, *types]) + "\n"


def _queue_messages() -> tuple[tuple[type[Model], ...], tuple[type[Model], ...]]:
    return get_args(get_args(FromQueuePage)[0]), get_args(ToQueuePage)


def _queue_types() -> set[str]:
    """Return the names of all that the queue's page and kernel say."""
    asked, sent = _queue_messages()
    return {*_definitions(*sent), *_definitions(*asked, mode="validation")}


def _edits() -> dict[str, dict[str, Any]]:
    """Return what the kinds of edit are made of, beside the model."""
    kinds = _definitions(*KINDS.values(), mode="validation")
    return _but(kinds, _definitions(*_ROOTS))


def _union(name: str, members: Sequence[str]) -> str:
    return f"export type {name} =" + "".join(f"\n  | {m}" for m in members) + ";"


def _imports(used: list[Any], **modules: Mapping[str, Any]) -> list[str]:
    """Return the lines that import what is used of other modules, by module."""
    names = set(_named(used))
    lines = []
    for module, declared in modules.items():
        found = sorted(names & declared.keys())
        listed = "".join(f"  {name},\n" for name in found)
        if found:
            lines += ["", f'import type {{\n{listed}}} from "./{module}";']
    return lines


def _definitions(
    *roots: type[Model], mode: Literal["serialization", "validation"] = "serialization"
) -> dict[str, dict[str, Any]]:
    _, schema = models_json_schema(
        [(root, mode) for root in roots], ref_template="{model}"
    )
    return dict(sorted(schema["$defs"].items()))


def _but(definitions: dict[str, Any], declared: Collection[str]) -> dict[str, Any]:
    return {name: d for name, d in definitions.items() if name not in declared}


def _named(schema: object) -> Iterator[str]:
    """Yield the name of every type that a schema refers to."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield str(schema["$ref"])
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from _named(part)


def _declarations(
    definitions: Mapping[str, Any], *, optional: bool = False
) -> list[str]:
    """Declare types; where asked, what has a default may be left out."""
    return [
        _declaration(name, definition, optional=optional)
        for name, definition in definitions.items()
    ]


def _declaration(name: str, definition: dict[str, Any], *, optional: bool) -> str:
    comment = _comment(definition.get("description", ""), indent="")
    if definition.get("type") != "object":
        return (
            f"{comment}export type {name} =\n  | "
            + "\n  | ".join(_type(definition).split(" | "))
            + ";"
        )
    required = definition.get("required", ()) if optional else definition["properties"]
    fields = [
        f"{_comment(field.get('description', ''), indent='  ')}"
        f"  readonly {key}{_mark(key, field, required)}: {_type(field)};"
        for key, field in definition["properties"].items()
    ]
    return "\n".join([f"{comment}export interface {name} {{", *fields, "}"])


def _mark(key: str, field: dict[str, Any], required: Collection[str]) -> str:
    """Return the question mark of what may be left out; `v` and `kind` never may."""
    return "" if key in required or "const" in field else "?"


def _comment(text: str, *, indent: str) -> str:
    lines = [line.strip().replace("*/", "* /") for line in text.strip().splitlines()]
    if not lines:
        return ""
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    body = "\n".join(f"{indent} * {line}".rstrip() for line in lines)
    return f"{indent}/**\n{body}\n{indent} */\n"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"])
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(option) for option in schema["anyOf"]))
    if schema.get("type") == "array":
        return _array(schema)
    if "oneOf" in schema:
        return " | ".join(_type(option) for option in schema["oneOf"])
    if schema.get("type") == "object":
        return "{ readonly [field: string]: unknown }"
    return _PRIMITIVES[schema["type"]]


def _array(schema: dict[str, Any]) -> str:
    if "prefixItems" in schema:
        return f"readonly [{', '.join(_type(item) for item in schema['prefixItems'])}]"
    item = _type(schema["items"])
    return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"


def main() -> None:
    """Write the files, remove what no module stands for any more, and say where."""
    files = written()
    for folder in ("schema", "edits", "messages"):
        (SOURCES / folder).mkdir(exist_ok=True)
        for path in (SOURCES / folder).glob("*.ts"):
            if f"{folder}/{path.name}" not in files:
                path.unlink()
    for name, text in files.items():
        (SOURCES / name).write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"wrote {name}\n")


if __name__ == "__main__":
    main()
