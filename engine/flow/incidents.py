"""Why a block can be parked, in words for the administrator who repairs it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.flow.state import Incident
from engine.model.base import Translated

INCIDENT_TEXTS: Mapping[str, Translated] = {
    "condition_failed": Translated(
        zh_cn="分支 “{branch}” 的条件无法得出真或假 ({cause}), 请修正数据或条件后重试",
        en="The condition of branch “{branch}” is neither true nor false ({cause}). Repair the record, then retry",
    ),
    "trigger_value_failed": Translated(
        zh_cn="字段 “{field}” 的值无法计算 ({cause}), 请修正数据后重试",
        en="The value of “{field}” cannot be computed ({cause}). Repair the record, then retry",
    ),
    "record_not_created": Translated(
        zh_cn="无法创建数据: {reason}",
        en="The record could not be created: {reason}",
    ),
    "nobody_found": Translated(
        zh_cn="找不到可以处理的人 (停用 {absent} 人), 请指定人员后重试",
        en="Nobody can work here ({absent} disabled). Give the role or department a member, then retry",
    ),
    "fields_lost": Translated(
        zh_cn="流程所用版本的字段 “{field}” 已无从查找, 无法得知由谁处理",
        en="Who works here is read from “{field}”, fields of this flow's version that can no longer be found",
    ),
    "target_not_passed": Translated(
        zh_cn="拒绝后应退回到 “{target}”, 但流程没有经过该节点",
        en="A rejection returns to “{target}”, which this request never passed",
    ),
    "calendar_missing": Translated(
        zh_cn="期限按工作日历 “{calendar}” 计算, 但工作区中没有这个日历, 请在设置页新建后重试",
        en="The deadline counts by the working calendar “{calendar}”, which the workspace lacks. Make it, then retry",
    ),
    "no_working_time": Translated(
        zh_cn="工作日历 “{calendar}” 中没有足够的工作时间, 无法计算期限, 请修改日历后重试",
        en="The working calendar “{calendar}” has too little working time for the deadline. Change it, then retry",
    ),
    "too_many_steps": Translated(
        zh_cn="一次处理超过 {limit} 步, 流程可能在自动循环",
        en="One action took more than {limit} steps: the flow may be going in circles by itself",
    ),
}


_CAUSES: Mapping[str, Translated] = {
    "not_boolean": Translated(zh_cn="结果不是真或假", en="the result is not a truth value"),
    "formula_budget": Translated(zh_cn="公式计算步数过多", en="the formula takes too many steps"),
}
_IN_ENGLISH = "_en"  # ends the name of the parameter that says the same in English


def incident_text(incident: Incident, language: str) -> str:
    """The cause in `language`."""
    is_zh = language.startswith("zh")
    params = dict(incident.params)
    for name, value in incident.params.items():
        if name.endswith(_IN_ENGLISH) and not is_zh:
            params[name.removesuffix(_IN_ENGLISH)] = value
    cause = _CAUSES.get(params.get("cause", ""))
    if cause is not None:
        params["cause"] = cause.zh_cn if is_zh else cause.en
    text = INCIDENT_TEXTS[incident.code]
    return (text.zh_cn if is_zh else text.en).format(**params)
