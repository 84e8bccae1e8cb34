"""The browser knows every field type and every kind of block that the engine knows, and no other."""

from __future__ import annotations

import json
import re

from engine.model.fields import FIELD_TYPES
from engine.model.flow_nodes.blocks import BLOCK_KINDS
from engine.query.sorts import SORTABLE
from tests.architecture.sources import ROOT

BROWSER = ROOT / "builder_ui" / "src"


def script(path: str) -> str:
    return (BROWSER / path).read_text(encoding="utf-8")


def words_of(path: str, list_name: str) -> set[str]:
    """The words of a list in a script."""
    found = re.search(rf"const {list_name}\b[^=]*= \[([^\]]*)\]", script(path))
    assert found is not None
    return set(re.findall(r'"([a-z_]+)"', found.group(1)))


def test_the_browser_has_every_field_type() -> None:
    types = {kind.type_key() for kind in FIELD_TYPES}
    described = json.loads((ROOT / "builder_ui" / "openapi.json").read_text(encoding="utf-8"))["components"]["schemas"]
    assert described["Entity"]["properties"]["fields"]["items"]["discriminator"]["mapping"].keys() == types
    for kind in FIELD_TYPES:
        assert f'Schemas["{kind.__name__}"]' in script("api/definitions.ts")
        # described with all its members, so that what the browser reads of them is checked by its compiler
        members = kind.model_fields.keys() - kind.members_refused()
        assert described[kind.__name__]["properties"].keys() == members
        assert "type" in described[kind.__name__]["required"]
    assert {path.stem for path in (BROWSER / "fields").glob("*.tsx")} >= types


def test_the_browser_sorts_by_what_the_engine_sorts_by() -> None:
    assert words_of("grid/sorts.ts", "SORTABLE") == SORTABLE


def test_the_browser_draws_every_kind_of_block() -> None:
    kinds = words_of("flow/looks.tsx", "kinds")
    assert kinds == set(BLOCK_KINDS)
    for language in ("zh-CN", "en"):
        texts = json.loads(script(f"locales/{language}/flow.json"))
        assert kinds <= texts["kinds"].keys(), language
