"""TypeScript's types follow from the model."""

import re

import pytest

from previz import model as m
from previz.widgets import protocol, schema


def test_each_generated_file_is_up_to_date_and_short():
    files = schema.written()
    for name, text in files.items():
        there = (schema.SOURCES / name).read_text(encoding="utf-8")
        assert there == text, f"{name} lags behind the models. Run `{schema.COMMAND}`."
        assert text.count("\n") <= 600, name
    for folder in ("schema", "edits", "messages"):
        found = (schema.SOURCES / folder).iterdir()
        assert {f"{folder}/{path.name}" for path in found} < files.keys()


@pytest.fixture(scope="module")
def text():
    """Return all that says what a film is."""
    return "\n".join(schema.schema_typescript().values())


def test_each_type_is_declared_once_and_imported_where_it_is_used(text):
    files = schema.schema_typescript()
    declared = re.findall(r"export (?:interface|type) (\w+) ", text)
    assert len(declared) == len(set(declared)) > 60
    for name, module in files.items():
        used = set(re.findall(r"readonly \w+: \W*([A-Z]\w+)", module))
        own = set(re.findall(r"export (?:interface|type) (\w+) ", module))
        imported = set(re.findall(r"^  ([A-Z]\w+),$", module, re.M))
        assert used <= own | imported, name
        assert not own & imported, name


def test_a_page_may_leave_out_what_has_a_default_and_the_kernel_nothing():
    text = "\n".join(schema.messages_typescript().values())
    asked = re.search(r"interface AskPicture \{(.*?)\n\}", text, re.S)
    sent = re.search(r"interface PictureSent \{(.*?)\n\}", text, re.S)
    assert asked is not None
    assert sent is not None
    assert "readonly v: 1;" in asked[1]
    assert "readonly number: number;" in asked[1]
    assert "readonly width_px?: number;" in asked[1]
    assert "?" not in sent[1].replace("question", "")


def test_schema_names_every_type_of_a_film(text):
    for name in ("Film", "Scene", "Shot", "SetPiece", "Blocking", "Light"):
        assert f"export interface {name} {{" in text
    assert f"export const SCHEMA_VERSION = {m.SCHEMA_VERSION};" in text
    assert f"export const PROTOCOL_VERSION = {protocol.PROTOCOL_VERSION};" in text


def test_schema_has_a_field_for_each_of_the_models(text):
    block = re.search(r"export interface Shot \{(.*?)\n\}", text, re.S)
    assert block is not None
    fields = re.findall(r"readonly (\w+):", block[1])
    assert fields == list(m.Shot.model_fields)


def test_tuples_and_options_keep_their_shape(text):
    assert "readonly position_m: readonly [number, number, number];" in text
    assert "readonly exit_frame: number | null;" in text
    assert "readonly characters: readonly Character[];" in text
