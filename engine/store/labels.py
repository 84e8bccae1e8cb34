"""Labels in JSON columns: a plain text, or one text for each language."""

from __future__ import annotations

import json

from engine.model.base import Label, Translated


def dump_label(label: Label) -> str:
    """The label as JSON text."""
    content = label if isinstance(label, str) else label.model_dump(by_alias=True)
    return json.dumps(content, ensure_ascii=False)


def load_label(text: str) -> Label:
    """The label that `dump_label` wrote."""
    content = json.loads(text)
    return content if isinstance(content, str) else Translated.model_validate(content)
