"""An application with rules over many records: stock, the budget of a year, how many tasks a person has."""

from __future__ import annotations

from tests.api.linking import APP, RECORDS, Files, link, number, text

ENTRIES, MOVES, EXPENSES, TASKS = (f"{RECORDS}/{key}/records" for key in ("entry", "move", "expense", "task"))
QUANTITY: dict[str, object] = number("qty", decimals=0)
FILES: Files = {
    "app.json": {"format": 1, "key": APP, "title": "Work"},
    "entities/product.json": {
        "key": "product",
        "title": "Product",
        "record_title": "{name}",
        "fields": [text("name", required=True)],
    },
    "entities/project.json": {
        "key": "project",
        "title": "Project",
        "record_title": "{name}",
        "fields": [text("name", required=True), number("budget"), number("reserve"), text("note")],
    },
    "entities/entry.json": {
        "key": "entry",
        "title": "Entry",
        "fields": [
            {
                "key": "lines",
                "type": "subform",
                "title": "lines",
                "fields": [link("product", "product"), QUANTITY],
            }
        ],
        "totals": [
            {
                "key": "stock",
                "sum": "lines.qty",
                "by": ["lines.product"],
                "minus": [{"entity": "move", "sum": "qty", "by": ["product"], "where": {
                    "field": "kind", "op": "eq", "value": "out"}}],
                "at_least": 0,
                "message": {"zh-CN": "库存不足", "en": "Not enough in stock"},
            }
        ],
    },
    "entities/move.json": {
        "key": "move",
        "title": "Move",
        "fields": [
            link("product", "product"),
            QUANTITY,
            {
                "key": "kind",
                "type": "select",
                "title": "kind",
                "options": [{"key": "out", "title": "out"}, {"key": "plan", "title": "plan"}],
            },
        ],
    },
    "entities/expense.json": {
        "key": "expense",
        "title": "Expense",
        "fields": [
            link("project", "project"),
            {"key": "day", "type": "date", "title": "day"},
            number("amount"),
            number("rate"),
            number("cost", computed="{amount}*IF(ISBLANK({rate}),1,{rate})"),
        ],
        "totals": [
            {
                "key": "budget",
                "sum": "cost",
                "by": ["project", {"field": "day", "by": "year"}],
                "at_most": "{project.budget}-{project.reserve}",
                "message": "The budget of the year is spent",
            }
        ],
    },
    "entities/task.json": {
        "key": "task",
        "title": "Task",
        "fields": [{"key": "owner", "type": "member", "title": "owner"}, {"key": "is_open", "type": "boolean",
                                                                          "title": "is_open"}],
        "totals": [
            {
                "key": "load",
                "by": ["owner"],
                "where": {"field": "is_open", "op": "eq", "value": True},
                "at_most": 2,
                "message": "He has enough to do",
            }
        ],
    },
}  # fmt: skip
