"""What all model values share: frozen, validated, errors in the house form."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from previz.errors import ModelError, nearest

__all__ = ["RGB", "Identifier", "Length", "Model", "Vec2", "Vec3"]

Metres = Annotated[float, Field(ge=-10_000, le=10_000, examples=[1.5])]
"""A coordinate; no set reaches farther than ten kilometres."""

Vec3 = tuple[Metres, Metres, Metres]
"""x right, y up, z towards the viewer; metres unless a name says otherwise."""

Vec2 = tuple[float, float]

Length = Annotated[float, Field(gt=0, le=10_000, examples=[1.5])]
"""An extent in metres."""

Channel = Annotated[float, Field(ge=0, le=1e6, examples=[0.5])]

RGB = tuple[Channel, Channel, Channel]
"""Linear Rec.709."""

Identifier = Annotated[
    str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=80, examples=["ann"])
]
"""A name that is safe as a file name and as an HTML id."""

_UNITS = {
    "mm": "mm",
    "m": "m",
    "deg": "°",
    "px": "px",
    "k": "K",
    "cd": "cd",
    "lx": "lx",
    "frame": "frames",
    "frames": "frames",
}


class Model(BaseModel):
    """A frozen value; change it with `changed`.

    Raises:
        ModelError: If a field breaks its rule, is missing or is unknown.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        defer_build=True,  # half the time of `import previz`
    )

    def __init__(self, /, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise ModelError(explain(type(self), error)) from None

    # Tells pydantic that nested values need not come through this __init__.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]

    def changed(self, **fields: Any) -> Self:
        """Return a copy with `fields` replaced, validated again.

        Raises:
            ModelError: If a field breaks its rule or is unknown.
        """
        current = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**(current | fields))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read a value from JSON text.

        Raises:
            ModelError: If the text is no JSON or a field breaks its rule.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise ModelError(explain(cls, error)) from None

    def to_json(self) -> str:
        """Return indented JSON text that `from_json` reads back to an equal value."""
        return self.model_dump_json(indent=1)


def explain(owner: type[Model], error: ValidationError) -> str:
    """Say the first fault of a pydantic error in the house form."""
    faults = error.errors(include_url=False)
    # A misspelt field is also a missing one; how it is spelt helps more.
    fault = next((f for f in faults if f["type"] == "extra_forbidden"), faults[0])
    path = ".".join(str(part) for part in fault["loc"]) or "value"
    name = f"{owner.__name__}.{path}"
    field = str(fault["loc"][-1]) if fault["loc"] else ""
    others = len(faults) - 1
    more = f" ({others} more fault{'s' if others > 1 else ''}.)" if others else ""
    match fault["type"]:
        case "extra_forbidden":
            known = _fields_at(owner, fault["loc"])
            meant = (
                f" Did you mean {near[0]!r}?" if (near := nearest(field, known)) else ""
            )
            return (
                f"{name} must be a known field, got {field!r}. Known: "
                f"{', '.join(known)}.{meant}{more}"
            )
        case "missing":
            return f"{name} must be given, got nothing. Pass a value for it.{more}"
        case "json_invalid":
            reason = fault["msg"]
            return f"{owner.__name__} must be valid JSON, got a broken text. {reason}."
        case "value_error":
            return f"{fault['msg'].removeprefix('Value error, ')}{more}"
    shown = repr(fault["input"])
    shown = shown if len(shown) <= 80 else shown[:77] + "…"
    rule, advice = _rule(fault, field), _advice(owner, fault)
    return f"{name} must be {rule}, got {shown}. {advice}{more}"


def _rule(fault: Any, field: str) -> str:
    unit = _UNITS.get(field.rsplit("_", 1)[-1], "") if "_" in field else ""
    context = fault.get("ctx", {})
    for key, sign in (("gt", ">"), ("ge", ">="), ("lt", "<"), ("le", "<=")):
        if key in context:
            bound = context[key]
            shown = bound if isinstance(bound, int) else f"{bound:g}"
            return f"{sign} {shown} {unit}".rstrip()
    if fault["type"] == "string_pattern_mismatch":
        return f"text of the form {context['pattern']}"
    if fault["type"] == "too_short":
        return f"at least {context['min_length']} long"
    if fault["type"] == "too_long":
        return f"at most {context['max_length']} long"
    if "expected" in context:
        return f"one of {context['expected']}"
    message = str(fault["msg"])
    for prefix in ("Input should be ", "Value should have ", "String should have "):
        if message.startswith(prefix):
            return message.removeprefix(prefix)
    return message[:1].lower() + message[1:]


def _advice(owner: type[Model], fault: Any) -> str:
    info = _field_info(owner, fault["loc"])
    if info is not None and info.examples:
        return f"Pass a value such as {info.examples[0]!r}."
    return "Pass a value within the rule."


def _walk(owner: type[Model], loc: tuple[int | str, ...]) -> tuple[Any, Any]:
    """Follow `loc` through nested models; return the last model and field info."""
    model: Any = owner
    info: Any = None
    for part in loc:
        fields = getattr(model, "model_fields", {})
        if isinstance(part, str) and part in fields:
            info = fields[part]
            inner = _inner_model(info.annotation)
            model = inner if inner is not None else model
    return model, info


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        inner = _inner_model(argument)
        if inner is not None:
            return inner
    return None


def _field_info(owner: type[Model], loc: tuple[int | str, ...]) -> Any:
    return _walk(owner, loc)[1]


def _fields_at(owner: type[Model], loc: tuple[int | str, ...]) -> list[str]:
    return sorted(_walk(owner, loc[:-1])[0].model_fields)
