"""Returns (退回): where to, what they undo, and the straight way back (flow.md §0.2, §0.3, §1.4)."""

from __future__ import annotations

from itertools import pairwise

from engine.flow.conditions import ConditionFailed, choose
from engine.flow.events import Branched, DirectResumed, DirectVoided, Left, Returned, ReturnMode, VoidReason
from engine.flow.leaving import leave
from engine.flow.run import BeginStep, RestoreStep, Run
from engine.flow.state import Activation, Instance, Mark, Resume, Saved
from engine.model.flow_nodes.blocks import ApproveBlock, ChoiceBlock, HandleBlock, InclusiveBlock


def return_to(
    run: Run,
    source: Activation,
    *,
    target: str,
    mode: ReturnMode,
    task: int | None = None,
    comment: str | None = None,
) -> None:
    """Go back from a block to a passed one; the caller has checked that the target is legal."""
    sequence_key = run.flow.return_sequence(source.node, target)
    sequence = run.instance.live(sequence_key) if sequence_key is not None else None
    assert sequence is not None
    (child,) = run.instance.children(sequence.id)
    before = run.instance
    later = tuple(key for key in run.flow.after(target, sequence.node) if key in before.marks)
    re_entered = _path_below(run, sequence.node, target)
    resume = None
    if mode == "direct":
        kept = tuple(key for key in later if before.passed(key) is not None)
        resume = Resume(
            source=source.node,
            sequence=sequence.node,
            since=before.seq + 1,
            kept=kept,
            saved=save(run.instance, child),
        )
    run.emit(
        Returned(
            at=run.at,
            actor=run.actor if task is not None else None,
            node=source.node,
            activation=source.id,
            target=target,
            mode=mode,
            task=task,
            comment=comment,
            forgotten=_forgotten(run.instance, child, re_entered=re_entered, later=() if resume else later),
        )
    )
    run.cancel((child.id,), "returned")
    _enter_path(run, before, sequence, path=re_entered, resume=resume)


def _path_below(run: Run, sequence: str, target: str) -> tuple[str, ...]:
    path = run.flow.path(target)
    return path[path.index(sequence) + 1 :]


def _forgotten(
    instance: Instance, child: Activation, *, re_entered: tuple[str, ...], later: tuple[str, ...]
) -> tuple[str, ...]:
    """Marks that end with a return: the way to the target, and without a way back also all that came after it.

    A way back that the return cuts off takes what it kept with it.
    """
    cut_off: tuple[str, ...] = ()
    if later:
        resumes = (found.resume for found in instance.below(child.id))
        cut_off = tuple(key for resume in resumes if resume is not None for key in resume.all_kept())
    found = dict.fromkeys((*re_entered, *later, *cut_off))
    return tuple(key for key in found if key in instance.marks)


def save(instance: Instance, activation: Activation) -> Saved:
    """A live block and all below it, to be restored later."""
    return Saved(
        node=activation.node,
        position=activation.position,
        branches=activation.branches,
        done=activation.done,
        rejected=activation.rejected,
        voters=activation.voters,
        resume=activation.resume,
        children=tuple(save(instance, child) for child in instance.children(activation.id)),
    )


def _enter_path(
    run: Run, before: Instance, sequence: Activation, *, path: tuple[str, ...], resume: Resume | None
) -> None:
    """Enter every block on the way to the target. Branches beside the way keep their results (flow.md §1.4 iv)."""
    parent = sequence.id
    for key, inner in pairwise(path):
        parent = run.enter(key, parent, entry="return")
        mark = before.marks.get(key)
        if mark is not None and mark.branches:
            _keep_branches(run, parent, key=key, inner=inner, mark=mark)
    target = run.enter(path[-1], parent, entry="return", resume=resume)
    run.schedule(BeginStep(activation=target))


def _keep_branches(run: Run, activation: int, *, key: str, inner: str, mark: Mark) -> None:
    again = next(child.branch for child in run.flow.nodes[key].children if child.node == inner)
    run.emit(
        Branched(
            at=run.at,
            node=key,
            activation=activation,
            branches=mark.branches,
            done=tuple(branch for branch in mark.branches if branch != again),
            rejected=tuple(branch for branch in mark.rejected if branch != again),
        )
    )


def pass_task(run: Run, activation: Activation) -> None:
    """Pass a node where people worked: in order, or straight back to the node that returned to it."""
    resume = activation.resume
    if resume is None:
        leave(run, activation)
        return
    void = _void(run, activation, resume)
    if void is not None:
        run.emit(void)
        leave(run, run.instance.activations[activation.id])
        return
    run.emit(DirectResumed(at=run.at, node=activation.node, activation=activation.id, source=resume.source))
    sequence = run.instance.live(resume.sequence)
    assert sequence is not None
    inner: Activation = activation
    while inner.id != sequence.id:
        run.emit(Left(at=run.at, actor=run.actor, node=inner.node, activation=inner.id))
        assert inner.parent is not None
        inner = run.instance.activations[inner.parent]
    run.schedule(RestoreStep(saved=resume.saved, parent=sequence.id))


def _void(run: Run, activation: Activation, resume: Resume) -> DirectVoided | None:
    """Why the straight way back is not possible: a kept approval or a skipped condition rests on changed fields."""
    found = _changed_basis(run, resume) or _other_branch(run, resume)
    if found is None:
        return None
    reason, cause, fields = found
    forgotten = tuple(key for key in resume.all_kept() if key in run.instance.marks)
    return DirectVoided(
        at=run.at,
        node=activation.node,
        activation=activation.id,
        source=resume.source,
        reason=reason,
        cause=cause,
        fields=fields,
        forgotten=forgotten,
    )


def _changed_basis(run: Run, resume: Resume) -> tuple[VoidReason, str, tuple[str, ...]] | None:
    for key in resume.kept:
        block = run.flow.nodes[key].block
        basis: tuple[str, ...] = ()
        if isinstance(block, ApproveBlock):
            basis = block.approve.basis
        elif isinstance(block, HandleBlock):
            basis = block.handle.basis
        # of what is lost nobody can say that it is as it was
        changed = tuple(
            field for field in basis if field in run.facts.lost or run.instance.changes.get(field, 0) > resume.since
        )
        if changed:
            return "basis_changed", key, changed
    return None


def _other_branch(run: Run, resume: Resume) -> tuple[VoidReason, str, tuple[str, ...]] | None:
    taken = {saved.node: saved.branches for saved in resume.saved.nodes()}
    for key in resume.kept:
        mark = run.instance.marks.get(key)
        if mark is not None:
            taken.setdefault(key, mark.branches)
    for key, branches in taken.items():
        node = run.flow.nodes[key]
        if not branches or not isinstance(node.block, ChoiceBlock | InclusiveBlock):
            continue
        now = choose(run, node)
        if isinstance(now, ConditionFailed):
            return "condition_failed", key, ()
        if tuple(child.branch for child in now) != branches:
            return "other_branch", key, ()
    return None
