"""Random flows for property tests: every kind of block, nested a few levels, with unique keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

ACCOUNTS = ("zhang", "xu", "chen", "wang", "li", "sun", "zhou", "gao")
CONDITIONS = ("{is_urgent}", "{budget}>=50", "{initiator}={owner}", "1/{budget}>0", "AND({is_urgent},{budget}<80)")
MAX_DEPTH = 3
T = TypeVar("T")
Block = dict[str, object]


@dataclass
class Author:
    """Draws one flow; `keys` counts the blocks so far."""

    draw: DrawFn
    keys: int = 0
    tasks: list[str] = field(default_factory=list)

    def pick(self, *options: T) -> T:
        return self.draw(st.sampled_from(options))

    def many(self, low: int, high: int) -> range:
        return range(self.draw(st.integers(low, high)))

    def key(self) -> str:
        self.keys += 1
        return f"n{self.keys}"

    def people(self) -> list[object]:
        rules: tuple[object, ...] = (
            *({"by": "member", "member": account} for account in ACCOUNTS[:4]),
            {"by": "role", "role": self.pick("finance", "legal", "board", "nobody")},
            {"by": "department", "department": "board", "subtree": self.pick(True, False)},
            {"by": "department_head", "level": self.pick(1, 2, 4)},
            {"by": "supervisor", "of": self.pick("initiator", "owner")},
            {"by": "initiator"},
            {"by": "field", "field": self.pick("owner", "people", "unit")},
            {"by": "handlers", "of": "apply"},
        )
        return [self.pick(*rules) for _ in range(self.pick(1, 1, 2))]

    def decide(self) -> Block:
        rule: Block = {"mode": self.pick("any", "all", "sequential", "percent", "count")}
        if rule["mode"] == "percent":
            rule["value"] = self.pick(1, 50, 60, 100)
        if rule["mode"] == "count":
            rule["value"] = self.pick(1, 2, 9)
        if self.pick(True, False):
            rule["collect"] = "all"
        if self.pick(True, False, False):
            rule["veto"] = [{"by": "member", "member": self.pick(*ACCOUNTS)}]
        return rule

    def task(self, *, in_branch: bool) -> Block:
        key = self.key()
        empty: object = self.pick("approve", "flow_admin", {"to": [{"by": "member", "member": "gao"}]})
        rules: Block = {"assign": self.people(), "decide": self.decide(), "empty": empty}
        rules["return"] = {"to": "passed", "resume": self.pick("rerun", "direct", "choose")}
        rules["basis"] = [self.pick("budget", "name")]
        if self.pick(True, False, False):
            return {"key": key, "handle": {**rules, "actions": ["submit", "return"]}}
        rules["actions"] = ["approve", "reject", "return"]
        rules["self"] = self.pick("allow", "skip", "supervisor", "department_head")
        rules["dedupe"] = self.pick("never", "consecutive", "any")
        rules["fields"] = self.pick({"*": "read"}, {"name": "required"})
        ways: list[object] = [{"do": "end"}, {"do": "return", "to": "apply"}]
        if in_branch:
            ways.append({"do": "end_branch"})
        rules["on_reject"] = self.pick(*ways)
        if rules["on_reject"] != ways[1]:
            # nobody there and always returned to the initiator would be a circle without an end
            rules["empty"] = self.pick(empty, "reject")
        return {"key": key, "approve": rules}

    def automatic(self) -> Block:
        made: Callable[[], Block] = self.pick(self._cc, self._trigger, self._nothing)
        return made()

    def _cc(self) -> Block:
        return {"key": self.key(), "cc": {"to": self.people()}}

    def _trigger(self) -> Block:
        trigger = {
            "do": "create_record",
            "entity": "project",
            "map": {"name": self.pick("{name}", "{name}&1/{budget}")},
            "once": self.pick(True, False),
        }
        return {"key": self.key(), "trigger": trigger}

    def _nothing(self) -> Block:
        return {"key": self.key(), "seq": []}

    def seq(self, depth: int, *, in_branch: bool) -> Block:
        key = self.key()
        return {"key": key, "seq": [self.block(depth + 1, in_branch=in_branch) for _ in self.many(1, 3)]}

    def branches(self, depth: int, kind: str, *, in_branch: bool) -> Block:
        key = self.key()
        inside = in_branch or kind == "inclusive"
        branches = [
            {"key": self.key(), "when": self.pick(*CONDITIONS), "block": self.block(depth + 1, in_branch=inside)}
            for _ in self.many(1, 2)
        ]
        return {"key": key, kind: {"branches": branches, "default": self.block(depth + 1, in_branch=inside)}}

    def parallel(self, depth: int) -> Block:
        key = self.key()
        branches = [self.block(depth + 1, in_branch=True) for _ in self.many(2, 3)]
        return {"key": key, "parallel": {"branches": branches, "join": self.pick("all", "first", 2)}}

    def block(self, depth: int, *, in_branch: bool) -> Block:
        kinds = ["task", "task", "automatic"]
        if depth < MAX_DEPTH:
            kinds += ["seq", "seq", "choice", "inclusive", "parallel"]
        match self.pick(*kinds):
            case "seq":
                return self.seq(depth, in_branch=in_branch)
            case "choice" | "inclusive" as kind:
                return self.branches(depth, kind, in_branch=in_branch)
            case "parallel":
                return self.parallel(depth)
            case "automatic":
                return self.automatic()
            case _:
                return self.task(in_branch=in_branch)


@st.composite
def flows(draw: DrawFn) -> tuple[list[Block], Block]:
    """The blocks after `apply`, and the policies."""
    author = Author(draw)
    blocks = [author.block(1, in_branch=False) for _ in author.many(1, 4)]
    if author.pick(True, False, False, False):
        blocks.append({"key": author.key(), "terminate": {"result": "approved"}})
    policies: Block = {"withdraw": author.pick("before_first_decision", "any_time", "never")}
    return blocks, policies
