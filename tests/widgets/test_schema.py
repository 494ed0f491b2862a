"""TypeScript's types follow from the model."""

import re

from previz import model as m
from previz.widgets import protocol, schema


def test_schema_is_up_to_date():
    written = schema.SCHEMA_PATH.read_text(encoding="utf-8")
    assert written == schema.typescript(), (
        f"{schema.SCHEMA_PATH.name} lags behind the model. Run `{schema.COMMAND}`."
    )


def test_messages_are_up_to_date():
    written = schema.MESSAGES_PATH.read_text(encoding="utf-8")
    assert written == schema.messages_typescript(), (
        f"{schema.MESSAGES_PATH.name} lags behind the models. Run `{schema.COMMAND}`."
    )


def test_edits_are_up_to_date():
    written = schema.EDITS_PATH.read_text(encoding="utf-8")
    assert written == schema.edits_typescript(), (
        f"{schema.EDITS_PATH.name} lags behind the edits. Run `{schema.COMMAND}`."
    )


def test_a_page_may_leave_out_what_has_a_default_and_the_kernel_nothing():
    text = schema.messages_typescript()
    asked = re.search(r"interface AskPicture \{(.*?)\n\}", text, re.S)
    sent = re.search(r"interface PictureSent \{(.*?)\n\}", text, re.S)
    assert asked is not None
    assert sent is not None
    assert "readonly v: 1;" in asked[1]
    assert "readonly number: number;" in asked[1]
    assert "readonly width_px?: number;" in asked[1]
    assert "?" not in sent[1].replace("question", "")


def test_schema_names_every_type_of_a_film():
    text = schema.typescript()
    for name in ("Film", "Scene", "Shot", "SetPiece", "Blocking", "Light", "Take"):
        if name != "Take":
            assert f"export interface {name} {{" in text
    assert f"export const SCHEMA_VERSION = {m.SCHEMA_VERSION};" in text
    assert f"export const PROTOCOL_VERSION = {protocol.PROTOCOL_VERSION};" in text


def test_schema_has_a_field_for_each_of_the_models():
    block = re.search(r"export interface Shot \{(.*?)\n\}", schema.typescript(), re.S)
    assert block is not None
    fields = re.findall(r"readonly (\w+):", block[1])
    assert fields == list(m.Shot.model_fields)


def test_tuples_and_options_keep_their_shape():
    text = schema.typescript()
    assert "readonly position_m: readonly [number, number, number];" in text
    assert "readonly exit_frame: number | null;" in text
    assert "readonly characters: readonly Character[];" in text
