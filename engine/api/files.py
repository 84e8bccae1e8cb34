"""Uploading and downloading files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from engine.api.addresses import PathId
from engine.api.documented import ERRORS
from engine.api.units import backend_of, change, run
from engine.errors import Rejection
from engine.files.storage import CHUNK
from engine.runtime.calls import Call
from engine.runtime.files import FileView, add_file, get_file
from engine.store.database import Tx

router = APIRouter(prefix="/api", tags=["files"], responses=ERRORS)
MEGABYTE = 1024 * 1024
_UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


class FileMissing(Rejection):
    """An upload without a part called `file`."""

    code = "file_missing_in_form"
    status = 422
    zh = "请以 multipart/form-data 上传名为 file 的文件"
    en = "Upload one file in a part called file, as multipart/form-data"


class UploadUnreadable(Rejection):
    """A form whose head names an encoding that nobody can read."""

    code = "upload_unreadable"
    status = 400
    zh = "无法识别上传内容的字符编码"
    en = "The character encoding of the upload is not known"


@router.post("/files", response_model=FileView, status_code=201, openapi_extra=_UPLOAD)
async def upload(request: Request) -> Response:
    """Store a file; it is the caller's own until a record takes it."""
    backend = backend_of(request)
    file_id = next(backend.ids)

    async def nothing(_tx: Tx, _call: Call) -> None:
        """Signed in: that is all that is asked before the bytes are read."""

    await run(request, nothing, is_write=False)
    async with _form(request) as form:
        part = form.get("file")
        if not isinstance(part, UploadFile):
            raise FileMissing
        limit = backend.settings.max_upload_mb * MEGABYTE
        stored = await backend.storage.put(file_id, _chunks(part), limit=limit)
        name = part.filename or "file"

    async def work(tx: Tx, call: Call) -> FileView:
        return await add_file(tx, call, file_id, name=name, stored=stored)

    try:
        return await change(request, work, status=201)
    except Rejection:
        await backend.storage.remove(file_id)
        raise


@asynccontextmanager
async def _form(request: Request) -> AsyncIterator[FormData]:
    try:
        form = await request.form(max_files=1, max_fields=5)
    except UnicodeError:
        raise UploadUnreadable from None
    try:
        yield form
    finally:
        await form.close()


async def _chunks(part: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await part.read(CHUNK):
        yield chunk


@router.get("/files/{file_id}", response_class=StreamingResponse)
async def download(request: Request, file_id: PathId) -> Response:
    """The content of a file that the caller may see, always as a download."""

    async def work(tx: Tx, call: Call) -> FileView:
        return await get_file(tx, call, file_id)

    view = await run(request, work, is_write=False)
    return StreamingResponse(
        backend_of(request).storage.get(file_id),
        media_type=view.media_type,
        headers={
            "content-length": str(view.size),
            "content-disposition": f"attachment; filename*=UTF-8''{quote(view.name)}",
        },
    )
