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
    "target_not_passed": Translated(
        zh_cn="拒绝后应退回到 “{target}”, 但流程没有经过该节点",
        en="A rejection returns to “{target}”, which this request never passed",
    ),
    "too_many_steps": Translated(
        zh_cn="一次处理超过 {limit} 步, 流程可能在自动循环",
        en="One action took more than {limit} steps: the flow may be going in circles by itself",
    ),
}


def incident_text(incident: Incident, language: str) -> str:
    """The cause in `language`."""
    text = INCIDENT_TEXTS[incident.code]
    return (text.zh_cn if language.startswith("zh") else text.en).format(**incident.params)
