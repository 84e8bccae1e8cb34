"""What each member of a document means, in both languages; editors show it while an author types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class MemberText(NamedTuple):
    """The meaning of a member in Chinese and in English."""

    zh: str
    en: str


# By the name of the member, or `Model.member` where the same name means something else.
MEMBER_TEXTS: Mapping[str, MemberText] = {
    "$schema": MemberText("供编辑器补全用, 引擎忽略", "For completion in editors; the engine ignores it"),
    "format": MemberText("文件格式版本", "Format of the files"),
    "key": MemberText("标识, 在同级内唯一且不再改变", "Identity, unique among its siblings, never changed"),
    "was": MemberText("改名前的标识", "The key before a rename"),
    "title": MemberText("显示名称, 可随时修改", "What people see; may change at any time"),
    "zh-CN": MemberText("中文", "Chinese text"),
    "en": MemberText("英文", "English text"),
    "icon": MemberText("图标名称", "Name of an icon"),
    "needs": MemberText("应用需要工作区提供的内容", "What the application needs from the workspace"),
    "Needs.roles": MemberText("需要的角色, 安装时对应到工作区的角色", "Roles needed; installing maps or creates them"),
    "Needs.calendars": MemberText(
        "需要的工作日历, 安装时使用工作区中同标识的日历或新建",
        "Working calendars needed; installing takes the workspace's of that key or makes it",
    ),
    "base": MemberText("以哪张法定节假日表为基础", "The table of public holidays it stands on"),
    "menu": MemberText("菜单分组", "Groups of the menu"),
    "MenuGroup.items": MemberText("分组内的表单和视图", "Forms and views of the group"),
    "form": MemberText("表单标识", "Key of a form"),
    "view": MemberText("视图标识", "Key of a view"),
    "entity": MemberText("实体标识", "Key of an entity"),
    "flow": MemberText("提交后启动的流程", "Flow that a submission starts"),
    "record_title": MemberText("数据标题, 如 “{code} {name}”", "How a record is called, such as “{code} {name}”"),
    "Entity.fields": MemberText("字段", "The fields"),
    "SubformField.fields": MemberText("子表单的列", "The columns of the subform"),
    "rules": MemberText("字段之间的校验规则", "Rules between fields"),
    "indexes": MemberText(
        "索引: 加快按这些字段的筛选、排序和汇总, 也会使保存稍慢",
        "Indexes: faster filters, orders and figures by these fields, slightly slower saving",
    ),
    "Index.fields": MemberText("索引的字段, 按顺序", "The fields of the index, in order"),
    "check": MemberText("须成立的公式", "Formula that must hold"),
    "Rule.at": MemberText("显示错误的字段", "Fields at which the message is shown"),
    "message": MemberText("不成立时的提示", "What is said when it does not hold"),
    "type": MemberText("字段类型", "Type of the field"),
    "help": MemberText("字段下方的说明", "Explanation shown at the field"),
    "required": MemberText("必填", "Must be filled in"),
    "required_when": MemberText("公式成立时必填", "Must be filled in while the formula holds"),
    "unique": MemberText(
        "不允许重复; 子表单的列: 在一条数据的各行内",
        "No two records may have the same value; a column: no two rows of one record",
    ),
    "totals": MemberText("对许多数据的合计或计数的限制", "Bounds of sums and counts over many records"),
    "sum": MemberText(
        "合计的数字字段, 或子表单的列; 缺省时计数",
        "Number that is added up, or column of a subform; without it: a count",
    ),
    "Total.by": MemberText(
        "分组的字段; 有空值的不计入", "Fields of a group; what is empty in one of them is not counted"
    ),
    "TotalSource.by": MemberText("与合计同类的分组字段", "Fields of a group, of the same kinds as those of the total"),
    "where": MemberText("只计入符合条件的数据", "Only records that pass this filter count"),
    "Period.by": MemberText("期间: 日、周、月、季、年", "Period: day, week, month, quarter or year"),
    "plus": MemberText("另外计入的数据", "What else is added"),
    "minus": MemberText("扣减的数据", "What is taken off"),
    "at_least": MemberText("合计的下限: 数字或公式", "Least value of each total: a number or a formula"),
    "at_most": MemberText("合计的上限: 数字或公式", "Greatest value of each total: a number or a formula"),
    "existing": MemberText(
        "已有数据超限时: refuse 拒绝发布, allow 允许",
        "While stored records break it: refuse to publish, or allow it",
    ),
    "Entity.unique": MemberText("不允许重复的组合", "Combinations that must not repeat"),
    "Combination.fields": MemberText(
        "组合的字段, 或同一子表单的列; 有空值时不比较",
        "Fields of the combination, or columns of one subform; not compared where one is empty",
    ),
    "within": MemberText(
        "列在一条数据的各行内 (record) 或全部数据的各行内 (entity) 比较",
        "Columns are compared within the rows of one record, or within those of all records of the entity",
    ),
    "search": MemberText("建立索引, 供搜索", "Indexed for search"),
    "sort": MemberText("建立索引, 供排序", "Indexed for sorting"),
    "computed": MemberText("计算公式, 值不由人填写", "Formula that makes the value; nobody enters it"),
    "default": MemberText("默认值公式", "Formula of the default value"),
    "max_length": MemberText("最多字符数", "Most characters"),
    "TextField.pattern": MemberText("整个文本须匹配的正则表达式 (RE2)", "RE2 pattern that the whole text must match"),
    "pattern_message": MemberText("格式不符时的提示", "What is said when the pattern does not match"),
    "decimals": MemberText("小数位数", "Digits after the point"),
    "digits": MemberText("总位数; 超过 15 位时以文本传输", "Digits in all; beyond 15 the value travels as text"),
    "unit": MemberText("单位", "Unit shown beside the number"),
    "percent": MemberText("百分数: 0.125 显示为 12.5%", "A percentage: 0.125 is shown as 12.5%"),
    "currency": MemberText("货币代码 (ISO 4217), 如 CNY", "Code of the currency (ISO 4217), such as CNY"),
    "symbology": MemberText("条码种类", "Kind of code"),
    "min": MemberText("最小值", "Least value"),
    "max": MemberText("最大值", "Greatest value"),
    "RatingField.max": MemberText("最多几颗星", "Most stars"),
    "DurationField.min": MemberText("最短, 以秒计", "Shortest, in seconds"),
    "DurationField.max": MemberText("最长, 以秒计", "Longest, in seconds"),
    "display": MemberText(
        "显示格式: h 时, mm 分, ss 秒, d 天", "How it is written: h hours, mm minutes, ss seconds, d days"
    ),
    "precision": MemberText("精确到分或秒", "To the minute or to the second"),
    "region": MemberText(
        "不带国际区号的号码属于哪个国家或地区", "Country or region of a number that begins without country code"
    ),
    "mobile": MemberText("只允许手机号码", "Numbers of mobile phones only"),
    "options": MemberText("选项", "The options"),
    "color": MemberText("标签颜色", "Colour of the tag"),
    "retired": MemberText("停用: 已有数据保留, 不能再选", "Kept on old records, no longer offered"),
    "multiple": MemberText("可选多个", "Several may be chosen"),
    "SerialField.pattern": MemberText(
        "编号格式, 如 LX-{yyyy}{mm}-{seq:4}", "Form of the number: LX-{yyyy}{mm}-{seq:4}"
    ),
    "reset": MemberText("何时从 1 重新计数", "When the counter starts again at 1"),
    "LinkField.app": MemberText(
        "所属应用的标识, 同一应用时省略", "Key of the application that has it, if it is another one"
    ),
    "RelatedField.app": MemberText(
        "所属应用的标识, 同一应用时省略", "Key of the application that has it, if it is another one"
    ),
    "LinkField.entity": MemberText("关联到的实体标识", "Key of the entity whose records are linked to"),
    "RelatedField.entity": MemberText("关联到本数据的实体标识", "Key of the entity whose records link here"),
    "RelatedField.by": MemberText(
        "对方关联到本实体的字段, 如 project 或 lines.product", "Its link that leads here: project, or lines.product"
    ),
    "RelatedField.columns": MemberText("列表中显示的字段", "The fields that the list shows"),
    "max_items": MemberText("最多关联几条", "Most records that may be linked"),
    "RollupField.entity": MemberText("汇总哪个实体的数据", "The entity whose records are rolled up"),
    "RollupField.by": MemberText(
        "该实体中关联到本实体的字段, 子表单的列写作 子表单.列",
        "Its link that leads here, a column as subform.column",
    ),
    "RollupField.function": MemberText(
        "count 个数, sum 合计, average 平均, min 最小, max 最大", "What is made of the records"
    ),
    "RollupField.field": MemberText("汇总的字段, 计数时不写", "The field that is rolled up; a count has none"),
    "RollupField.where": MemberText(
        "只汇总符合条件的数据; 条件不能随时间或查看人变化",
        "Only records that pass this filter, which may not move with time or person",
    ),
    "LookupField.link": MemberText(
        "通过哪个关联字段查找; 子表单的列用同一子表单的关联列",
        "The link that is followed; in rows, a column of the same subform",
    ),
    "LookupField.field": MemberText("显示目标实体的哪个字段", "The field of the entity behind the link that is shown"),
    "derived": MemberText("由系统写入: 值取自其他数据", "Written by the engine: the value comes from other records"),
    "AddressField.level": MemberText("填写到哪一级", "The finest part that is asked for"),
    "max_files": MemberText("最多文件数", "Most files"),
    "max_size_mb": MemberText("每个文件最大 MB", "Largest size of a file in MB"),
    "accept": MemberText("允许的类型, 如 .pdf 或 image/*", "Kinds accepted, such as .pdf or image/*"),
    "min_rows": MemberText("最少行数", "Fewest rows"),
    "max_rows": MemberText("最多行数", "Most rows"),
    "layout": MemberText("表单分组", "Sections of the form"),
    "section": MemberText("分组标题", "Heading of the section"),
    "Section.columns": MemberText("每行几列", "Columns side by side"),
    "visible_when": MemberText("显示条件公式", "Formula: shown only while it holds"),
    "Section.items": MemberText("分组内的字段", "Fields of the section"),
    "field": MemberText("字段标识, 子表单的列写作 子表单.列", "Key of a field, a column as subform.column"),
    "width": MemberText("占半行或整行", "Half or all of the line"),
    "kind": MemberText("视图类型", "Kind of view"),
    "View.columns": MemberText("显示的字段", "Fields that are shown"),
    "filter": MemberText("筛选条件", "Which records are listed"),
    "View.sort": MemberText("排序", "Order of the records"),
    "desc": MemberText("降序", "Descending"),
    "FormulaCondition.formula": MemberText(
        "结果为真时成立的公式, 只用数据库能计算的部分", "A formula that must come to TRUE, of what databases compute"
    ),
    "FormulaSort.formula": MemberText(
        "按其结果排序的公式, 只用数据库能计算的部分", "A formula to sort by, of what databases compute"
    ),
    "and": MemberText("全部成立", "All of these hold"),
    "or": MemberText("任一成立", "One of these holds"),
    "not": MemberText("不成立", "This does not hold"),
    "op": MemberText("运算", "How the field is compared"),
    "Condition.value": MemberText("比较的值", "What it is compared with"),
    "today": MemberText("距今天的天数", "Days from today"),
    "last": MemberText("过去的时长, 如 P7D", "A time span until now, such as P7D"),
    "this": MemberText("当前的日、周、月、季或年", "The present day, week, month, quarter or year"),
    "current": MemberText("当前用户、部门、下级部门或下属", "The person asking, his departments or subordinates"),
    "PermissionSet.to": MemberText("授予谁", "Who gets these permissions"),
    "PermissionSet.actions": MemberText("允许的操作", "What they may do"),
    "rows": MemberText("仅限符合条件的数据", "Only records that pass this filter"),
    "PermissionSet.fields": MemberText("每个字段的权限, * 指其余字段", "Access to each field; * is all others"),
    "everyone": MemberText("所有成员", "Every member"),
    "role": MemberText("角色标识", "Key of a role"),
    "department": MemberText("部门标识", "Key of a department"),
    "subtree": MemberText("包括下级部门", "With the departments below"),
    "member": MemberText("成员账号", "Account of a member"),
    "departments": MemberText("部门", "Departments"),
    "members": MemberText("成员", "Members"),
    "roles": MemberText("角色", "Roles"),
    "admins": MemberText("管理员账号", "Accounts of administrators"),
    "parent": MemberText("上级部门", "The department above"),
    "heads": MemberText("部门负责人账号, 按顺序", "Accounts of its heads, in order"),
    "account": MemberText("账号", "Account name"),
    "name": MemberText("姓名", "Name of the person"),
    "email": MemberText("邮箱", "Mail address"),
    "supervisor": MemberText("直接上级账号", "Account of the direct superior"),
    "SampleRecord.key": MemberText("标识, 供其他示例数据关联", "Key by which links of other sample records name it"),
    "SampleRecord.by": MemberText("由谁填写", "Who enters it"),
    "SampleRecord.at": MemberText("安装前多久, 如 -P5D", "How long before installation, such as -P5D"),
    "submit": MemberText("通过该表单提交并启动流程", "Submitted through this form, which starts its flow"),
    "SampleRecord.values": MemberText("字段的值", "Values of the fields"),
    # scenarios
    "Scenario.flow": MemberText("要验证的流程", "The flow that is played"),
    "given": MemberText("谁在何时提交什么", "Who submits what and when"),
    "initiator": MemberText("发起人账号", "Account of the initiator"),
    "at": MemberText("时间, 须带时区", "The time, with its zone"),
    "record": MemberText("数据的字段值", "Values of the record"),
    "start": MemberText("提交后的状态", "What holds after the submission"),
    "steps": MemberText("依次进行的操作", "What is done, one after the other"),
    "Step.by": MemberText("操作人账号", "Account of who acts"),
    "Step.do": MemberText("操作", "What is done"),
    "node": MemberText("待办所在节点", "The node whose task is meant"),
    "data": MemberText("修改的字段值", "Values that are changed"),
    "Step.to": MemberText("退回到的节点", "The node it is sent back to"),
    "Step.resume": MemberText("退回后如何回来", "How it comes back afterwards"),
    "comment": MemberText("意见", "A comment"),
    "expect": MemberText("应有的结果", "What must come of it"),
    "open": MemberText("各节点待办人账号", "Accounts with open tasks, by node"),
    "status": MemberText("流程状态", "State of the flow"),
    "events": MemberText("依次发生的事件: 节点和事件", "Events in order: node and kind"),
    "refused": MemberText("应被拒绝的错误代码", "The code it is refused with"),
    # flows
    "policies": MemberText("整个流程的规则", "Rules of the whole flow"),
    "root": MemberText("流程主干, 第一个块是发起", "The trunk of the flow; its first block is initiate"),
    "seq": MemberText("依次执行", "One after the other"),
    "choice": MemberText("第一个条件成立的分支", "The first branch whose condition holds"),
    "inclusive": MemberText("所有条件成立的分支", "Every branch whose condition holds"),
    "parallel": MemberText("同时执行", "At the same time"),
    "initiate": MemberText("发起人填写", "The initiator's own node"),
    "approve": MemberText("审批", "An approval"),
    "handle": MemberText("办理", "Work to be done"),
    "cc": MemberText("抄送", "A copy"),
    "trigger": MemberText("自动操作", "Something the engine does"),
    "terminate": MemberText("提前结束", "An early end"),
    "branches": MemberText("分支", "The branches"),
    "Branches.default": MemberText("没有条件成立时", "When no condition holds"),
    "when": MemberText("条件公式", "Formula of the condition"),
    "block": MemberText("分支内容", "What the branch does"),
    "join": MemberText("等待全部、最先或 n 个分支", "Waits for all, the first or n branches"),
    "assign": MemberText("由谁处理", "Who works on it"),
    "by": MemberText("确定人员的方式", "How people are found"),
    "of": MemberText("相对于谁: initiator、成员字段或节点", "Relative to whom: initiator, a member field or a node"),
    "level": MemberText("第几级, 1 为本级", "How many steps up; 1 is the nearest"),
    "decide": MemberText("多人如何得出结论", "How several votes become a decision"),
    "mode": MemberText("或签、会签、依次、比例、人数", "any, all, sequential, percent or count"),
    "value": MemberText("比例或人数", "Per cent or number"),
    "veto": MemberText("拥有一票否决权的人", "Whose rejection decides at once"),
    "collect": MemberText("结果确定即结束, 或等全部表态", "End when certain, or wait for everyone"),
    "empty": MemberText("找不到人时", "When nobody is found"),
    "self": MemberText("发起人即审批人时", "When the initiator would decide himself"),
    "dedupe": MemberText("同一人重复出现时", "When somebody has approved before"),
    "withdraw": MemberText("何时可以撤回", "Until when it may be withdrawn"),
    "fields": MemberText("每个字段的权限, * 指其余字段", "Right to each field; * is all others"),
    "actions": MemberText("允许的操作", "What may be done"),
    "return": MemberText("退回", "Sending back"),
    "to": MemberText("给谁, 或退回到哪里", "To whom, or to which node"),
    "resume": MemberText("退回后如何回来", "How it comes back afterwards"),
    "on_reject": MemberText("拒绝后", "After a rejection"),
    "basis": MemberText("这些字段改变后, 原有的同意失效", "Approvals lapse when these fields change"),
    "deadline": MemberText("办理期限, 打开待办时算定", "Until when it is to be done, fixed when the task is opened"),
    "after": MemberText(
        "打开待办后多久: P1D 一天, PT4H 四小时, P1DT4H", "How long after opening: P1D a day, PT4H four hours, P1DT4H"
    ),
    "DeadlineAfter.time": MemberText(
        "working 按工作日历的工作时间, calendar 按自然时间",
        "working counts the calendar's working time, calendar the time that passes",
    ),
    "DeadlineField.field": MemberText(
        "取自日期或日期时间字段; 日期在当天下班时到期", "A date or date-time field; a day ends with its work"
    ),
    "FlowPolicies.calendar": MemberText(
        "期限所用的工作日历, 未指定时为工作区默认; CN 为内置法定日历",
        "Working calendar of the deadlines, the workspace's default if not given; CN is the built-in one",
    ),
    "due": MemberText(
        "各节点待办的到期时间, null 为没有期限", "Until when the tasks of nodes are to be done, null for no deadline"
    ),
    "opinion": MemberText("意见是否必填", "Whether a comment is required"),
    "do": MemberText("做什么", "What is done"),
    "map": MemberText("字段的公式", "Formulas of the fields"),
    "once": MemberText("再次经过时不重复执行", "Not again when passed again"),
    "result": MemberText("结果", "The result"),
    "reason": MemberText("原因", "The reason"),
}


def member_text(model: str, member: str) -> MemberText | None:
    """The meaning of a member of a model, if it is described."""
    return MEMBER_TEXTS.get(f"{model}.{member}") or MEMBER_TEXTS.get(member)
