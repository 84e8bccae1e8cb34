"""What can be wrong with an authored flow; each text says how to repair it."""

from __future__ import annotations

from engine.errors import Rejection


class FlowProblem(Rejection):
    """A fault in a flow definition; `params` name the node."""

    status = 422


class FlowTooLarge(FlowProblem):
    code = "flow_too_large"
    zh = "流程过大: 最多 {nodes} 个节点、{depth} 层嵌套, 请拆分"
    en = "The flow is too large: at most {nodes} blocks, {depth} deep. Split it"


class DuplicateKey(FlowProblem):
    code = "duplicate_key"
    zh = "标识 “{node}” 重复, 请换一个在流程内唯一的标识"
    en = "The key “{node}” is used twice. Give the block a key of its own"


class RootNotASequence(FlowProblem):
    code = "root_not_a_sequence"
    zh = "流程的最外层 “{node}” 必须是顺序块 (seq)"
    en = "The outermost block “{node}” must be a sequence (seq)"


class InitiateMissing(FlowProblem):
    code = "initiate_missing"
    zh = "“{node}” 的第一个节点必须是发起节点 (initiate)"
    en = "The first block of “{node}” must be the initiator's node (initiate)"


class InitiateMisplaced(FlowProblem):
    code = "initiate_misplaced"
    zh = "发起节点 “{node}” 只能是流程的第一个节点, 请删除"
    en = "“{node}” is an initiator's node, which can only be the first of the flow. Remove it"


class JoinTooLarge(FlowProblem):
    code = "join_too_large"
    zh = "并行块 “{node}” 要求完成 {join} 个分支, 但只有 {branches} 个"
    en = "“{node}” waits for {join} branches but has {branches}. Lower the number"


class ApproveMissing(FlowProblem):
    code = "main_action_missing"
    zh = "节点 “{node}” 的操作必须包含 “{action}”"
    en = "The actions of “{node}” must include “{action}”"


class ReturnNotAnAction(FlowProblem):
    code = "return_not_an_action"
    zh = "节点 “{node}” 设置了退回规则, 但操作中没有 “return”, 请补上或删除规则"
    en = "“{node}” has a return policy but no action “return”. Add the action or remove the policy"


class UnknownNode(FlowProblem):
    code = "unknown_node"
    zh = "节点 “{node}” 引用了不存在的节点 “{target}”"
    en = "“{node}” refers to “{target}”, which does not exist"


class NotATaskNode(FlowProblem):
    code = "not_a_task_node"
    zh = "“{target}” 不是发起、审批或办理节点, 节点 “{node}” 不能引用它"
    en = "“{target}” is not a node where people work, so “{node}” cannot refer to it"


class IllegalReturn(FlowProblem):
    code = "illegal_return"
    zh = "节点 “{node}” 不能退回到 “{target}”: 目标必须在同一顺序中位于它之前"
    en = "“{node}” cannot return to “{target}”: the target must come before it in a common sequence"


class EndBranchOutside(FlowProblem):
    code = "end_branch_outside"
    zh = "节点 “{node}” 不在并行或包容分支内, 不能只结束分支"
    en = "“{node}” is not inside a parallel or inclusive branch, so it cannot end only its branch"


class UnknownField(FlowProblem):
    code = "unknown_field"
    zh = "节点 “{node}” 引用了不存在的字段 “{field}”"
    en = "“{node}” refers to the field “{field}”, which does not exist"


class NotAPeopleField(FlowProblem):
    code = "not_a_people_field"
    zh = "节点 “{node}” 需要{kinds}字段, 但 “{field}” 不是"
    en = "“{node}” needs a field of type {kinds}, which “{field}” is not"


class NotADayField(FlowProblem):
    code = "not_a_day_field"
    zh = "节点 “{node}” 的期限取自 “{field}”, 但它不是日期或日期时间字段"
    en = "“{node}” takes its deadline from “{field}”, which is neither a date nor a date-time field"


class NotASubform(FlowProblem):
    code = "not_a_subform"
    zh = "节点 “{node}” 为 “{field}” 设置了列权限, 但它不是子表单"
    en = "“{node}” sets rights for columns of “{field}”, which is not a subform"


class NotWritable(FlowProblem):
    code = "field_not_writable"
    zh = "节点 “{node}” 要求填写 “{field}”, 但它由系统计算, 请改为只读"
    en = "“{node}” lets people write “{field}”, but the system computes it. Make it read"


class EarlierNodeOnly(FlowProblem):
    code = "handlers_not_before"
    zh = "节点 “{node}” 引用的处理人节点 “{target}” 不在它之前"
    en = "“{node}” takes its people from “{target}”, which does not come before it"


class UnknownEntity(FlowProblem):
    code = "unknown_entity"
    zh = "节点 “{node}” 引用了不存在的实体 “{entity}”"
    en = "“{node}” refers to the entity “{entity}”, which does not exist"


class CopyNeeded(FlowProblem):
    code = "copy_needed"
    zh = "节点 “{node}”: 附件或子表单 “{field}” 只能整体取自同类字段, 公式中只写那一个字段"
    en = "“{node}”: “{field}” holds files or rows, which can only be copied: let the formula be one field of that kind"


class ColumnDiffers(FlowProblem):
    code = "column_differs"
    zh = "节点 “{node}”: 列 “{column}” 在来源和目标子表单中类型不同"
    en = "“{node}”: the column “{column}” is of another type where it is copied to"


class RequiredNotMapped(FlowProblem):
    code = "required_field_not_mapped"
    zh = "节点 “{node}” 没有给必填字段 “{field}” 赋值"
    en = "“{node}” gives no value for the required field “{field}”"


class ConstantCondition(FlowProblem):
    code = "constant_condition"
    zh = "分支 “{node}” 的条件不读取任何字段, 结果总是相同"
    en = "The condition of “{node}” reads no field, so its result is always the same"


class MaybeEmptyInCondition(FlowProblem):
    code = "condition_field_maybe_empty"
    zh = "分支 “{node}” 的条件读取字段 “{field}”, 但到达这里之前它不一定已填写; 空值按 0 或空文本判断"
    en = "The condition of “{node}” reads “{field}”, which may still be empty there and then counts as 0 or no text"
