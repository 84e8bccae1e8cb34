"""Computed values that cannot be stored, as they would not stay right or nobody could compute them."""

from __future__ import annotations

from engine.errors import Rejection


class ComputedCycle(Rejection):
    """Computed fields that need each other."""

    code = "computed_cycle"
    status = 422
    zh = "计算字段互相依赖: {cycle}"
    en = "Computed fields depend on each other: {cycle}"


class ClockInComputed(Rejection):
    """A stored value would be wrong tomorrow."""

    code = "clock_in_computed"
    status = 422
    zh = "保存的计算字段不能使用 TODAY 或 NOW; 可用于默认值、显示条件和校验"
    en = "A stored computed field cannot use TODAY or NOW; defaults, visibility and rules can"


class PersonInComputed(Rejection):
    """A stored value is the same for everyone."""

    code = "person_in_computed"
    status = 422
    zh = "保存的计算字段不能使用当前用户或当前部门; 可用于默认值、显示条件和校验"
    en = "A stored computed field cannot use the current user or department; defaults, visibility and rules can"


class SavingInComputed(Rejection):
    """A value that comes or changes with every save is not known while it is computed."""

    code = "saving_in_computed"
    status = 422
    zh = "保存的计算字段不能使用 “{field}”: 它随每次保存而定"
    en = "A stored computed field cannot use “{field}”, which every save settles anew"
