"""Write the TypeScript types of the model and of the widgets' messages.

    python -m previz.widgets.schema

writes `widgets/src/schema.ts` of a source checkout; a test fails where the file
lags behind the model.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from previz.model import SCHEMA_VERSION, Film, Model
from previz.widgets.protocol import PROTOCOL_VERSION, StageAnswer, StageHeader

__all__ = ["COMMAND", "SCHEMA_PATH", "typescript"]

COMMAND = "python -m previz.widgets.schema"
SCHEMA_PATH = Path(__file__).parents[2] / "widgets" / "src" / "schema.ts"

_ROOTS: tuple[type[Model], ...] = (Film, StageHeader, StageAnswer)
_PRIMITIVES = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}


def typescript() -> str:
    """Return the TypeScript module that says what `to_json` writes."""
    _, schema = models_json_schema(
        [(root, "serialization") for root in _ROOTS],
        ref_template="{model}",
    )
    head = [
        f"// Written by `{COMMAND}`. Edit the Python models, never this file.",
        "",
        f"export const SCHEMA_VERSION = {SCHEMA_VERSION};",
        f"export const PROTOCOL_VERSION = {PROTOCOL_VERSION};",
    ]
    types = [_declaration(name, d) for name, d in sorted(schema["$defs"].items())]
    return "\n\n".join(["\n".join(head), *types]) + "\n"


def _declaration(name: str, definition: dict[str, Any]) -> str:
    comment = _comment(definition.get("description", ""), indent="")
    if definition.get("type") != "object":
        return (
            f"{comment}export type {name} =\n  | "
            + "\n  | ".join(_type(definition).split(" | "))
            + ";"
        )
    fields = [
        f"{_comment(field.get('description', ''), indent='  ')}"
        f"  readonly {key}: {_type(field)};"
        for key, field in definition["properties"].items()
    ]
    return "\n".join([f"{comment}export interface {name} {{", *fields, "}"])


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
    return _PRIMITIVES[schema["type"]]


def _array(schema: dict[str, Any]) -> str:
    if "prefixItems" in schema:
        return f"readonly [{', '.join(_type(item) for item in schema['prefixItems'])}]"
    item = _type(schema["items"])
    return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"


def main() -> None:
    """Write the file and say where."""
    SCHEMA_PATH.write_text(typescript(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"wrote {SCHEMA_PATH.name}\n")


if __name__ == "__main__":
    main()
