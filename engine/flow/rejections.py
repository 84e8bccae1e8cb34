"""Why a command is refused."""

from __future__ import annotations

from engine.errors import Rejection


class InstanceEnded(Rejection):
    code = "instance_ended"
    status = 409
    zh = "流程已经结束"
    en = "The flow has ended"


class TaskNotOpen(Rejection):
    code = "task_not_open"
    status = 409
    zh = "待办已处理"
    en = "The task is not open"


class NotTheAssignee(Rejection):
    code = "not_the_assignee"
    status = 403
    zh = "这不是您的待办"
    en = "This task is not yours"


class ActionNotOffered(Rejection):
    code = "action_not_offered"
    status = 409
    zh = "当前节点不能执行 “{action}”"
    en = "This node does not offer “{action}”"


class TargetNotOffered(Rejection):
    code = "target_not_offered"
    status = 409
    zh = "不能退回到节点 “{target}”"
    en = "The request cannot be returned to “{target}”"


class ResumeNotOffered(Rejection):
    code = "resume_not_offered"
    status = 409
    zh = "当前节点不支持重新提交方式 “{resume}”"
    en = "This node does not offer the way back “{resume}”"


class OpinionRequired(Rejection):
    code = "opinion_required"
    status = 422
    zh = "请填写意见"
    en = "An opinion is required"


class NotTheInitiator(Rejection):
    code = "not_the_initiator"
    status = 403
    zh = "只有发起人可以撤回"
    en = "Only the initiator may withdraw"


class WithdrawNotAllowed(Rejection):
    code = "withdraw_not_allowed"
    status = 409
    zh = "流程已被处理或不允许撤回"
    en = "The request was handled already, or may not be withdrawn"


class NothingToRetry(Rejection):
    code = "nothing_to_retry"
    status = 409
    zh = "该节点没有异常需要重试"
    en = "There is no incident to retry here"


class NotWaiting(Rejection):
    code = "not_waiting"
    status = 409
    zh = "该节点没有在等待结果"
    en = "This node is not waiting for an answer"


class AlreadyStarted(Rejection):
    code = "already_started"
    status = 409
    zh = "流程已经发起"
    en = "The flow was started already"


class NotStartedYet(Rejection):
    code = "not_started"
    status = 409
    zh = "流程尚未发起"
    en = "The flow was not started"
