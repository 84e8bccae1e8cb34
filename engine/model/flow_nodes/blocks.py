"""The closed union of blocks: a block has a key, perhaps a title, and exactly one member that says what it is."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from engine.model.base import Document, FormulaText, Key, Label
from engine.model.flow_nodes.automatic import Cc, CreateRecord, Terminate
from engine.model.flow_nodes.tasks import Approve, Handle, Initiate


class BlockBase(Document):
    """What every block has. `title` is what people see; without it they see the key."""

    key: Key
    title: Label | None = None


class SeqBlock(BlockBase):
    """Blocks one after the other; an empty sequence does nothing."""

    seq: Annotated[tuple[Block, ...], Field(max_length=200)]


class Branch(Document):
    """A branch taken when its condition holds."""

    key: Key
    title: Label | None = None
    when: FormulaText
    block: Block


class Branches(Document):
    """Branches in order of priority, and what is done when no condition holds."""

    branches: Annotated[tuple[Branch, ...], Field(min_length=1, max_length=50)]
    default: Block


class ChoiceBlock(BlockBase):
    """The first branch whose condition holds."""

    choice: Branches


class InclusiveBlock(BlockBase):
    """Every branch whose condition holds, at the same time."""

    inclusive: Branches


def _join_tag(join: object) -> str:
    return "word" if isinstance(join, str) else "count"


class Parallel(Document):
    """Branches that all start; `join` says how many must be done before the rest is cancelled and the flow goes on."""

    branches: Annotated[tuple[Block, ...], Field(min_length=2, max_length=50)]
    join: Annotated[
        Annotated[Literal["all", "first"], Tag("word")] | Annotated[int, Field(ge=1, le=50), Tag("count")],
        Discriminator(_join_tag),
    ] = "all"


class ParallelBlock(BlockBase):
    """Branches at the same time."""

    parallel: Parallel


class InitiateBlock(BlockBase):
    """Where the flow begins."""

    initiate: Initiate


class ApproveBlock(BlockBase):
    """An approval."""

    approve: Approve


class HandleBlock(BlockBase):
    """Work to be done."""

    handle: Handle


class CcBlock(BlockBase):
    """A copy."""

    cc: Cc


class TriggerBlock(BlockBase):
    """A change the engine makes."""

    trigger: CreateRecord


class TerminateBlock(BlockBase):
    """An early end."""

    terminate: Terminate


BlockUnion: TypeAlias = (
    SeqBlock
    | ChoiceBlock
    | InclusiveBlock
    | ParallelBlock
    | InitiateBlock
    | ApproveBlock
    | HandleBlock
    | CcBlock
    | TriggerBlock
    | TerminateBlock
)
BlockKind = Literal[
    "seq", "choice", "inclusive", "parallel", "initiate", "approve", "handle", "cc", "trigger", "terminate"
]
BLOCK_KINDS: tuple[BlockKind, ...] = (
    "seq", "choice", "inclusive", "parallel", "initiate", "approve", "handle", "cc", "trigger", "terminate",
)  # fmt: skip


def _block_tag(block: object) -> str | None:
    """The kind of an authored or a parsed block; None when it has none of the known members."""
    present = block if isinstance(block, dict) else getattr(type(block), "model_fields", {})
    return next((f"{kind}_block" for kind in BLOCK_KINDS if kind in present), None)


Block: TypeAlias = Annotated[
    Annotated[SeqBlock, Tag("seq_block")]
    | Annotated[ChoiceBlock, Tag("choice_block")]
    | Annotated[InclusiveBlock, Tag("inclusive_block")]
    | Annotated[ParallelBlock, Tag("parallel_block")]
    | Annotated[InitiateBlock, Tag("initiate_block")]
    | Annotated[ApproveBlock, Tag("approve_block")]
    | Annotated[HandleBlock, Tag("handle_block")]
    | Annotated[CcBlock, Tag("cc_block")]
    | Annotated[TriggerBlock, Tag("trigger_block")]
    | Annotated[TerminateBlock, Tag("terminate_block")],
    Discriminator(
        _block_tag,
        custom_error_type="unknown_block",
        custom_error_message="A block needs exactly one of: seq, choice, inclusive, parallel, initiate, approve, "
        "handle, cc, trigger, terminate",
    ),
]

for _model in (SeqBlock, Branch, Branches, ChoiceBlock, InclusiveBlock, Parallel, ParallelBlock):
    _model.model_rebuild()


def block_kind(block: BlockUnion) -> BlockKind:
    """Which of the members says what the block is."""
    return next(kind for kind in BLOCK_KINDS if kind in type(block).model_fields)
