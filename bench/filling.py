"""The same expenses for both applications."""

from __future__ import annotations

CATEGORIES = ("travel", "office", "meals", "books", "other")
DAYS = 28
PROJECTS = 200
SCANNED = "2026-01-05"
HIGHEST = 5000  # of the amounts on the measured page: half of all records lie below


def expense(number: int) -> dict[str, str | float]:
    """One expense; numbers give different amounts and days."""
    return {
        "purpose": f"Customer visit {number}",
        "category": CATEGORIES[number % len(CATEGORIES)],
        "amount": number * 7919 % 1_000_000 / 100,
        "day": f"2026-01-{number % DAYS + 1:02}",
        "note": "Train and two nights",
    }
