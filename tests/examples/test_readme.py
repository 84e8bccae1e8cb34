"""What the READMEs and the examples tell people to type works, word for word, against a server with sample data."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.server import Server, serving

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
PROGRAM = ".venv/bin/formwright"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("readme") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def key(server: Server) -> str:
    """An API key of the admin, made as the page does it."""
    token = server.admin_link.rpartition("token=")[2]
    signed_in, headers = request(f"{server.base}/api/session/link", send={"token": token})
    assert signed_in == 200
    cookie = headers["set-cookie"].partition(";")[0]
    status, answer = request(f"{server.base}/api/keys", send={"title": "readme"}, headers={"Cookie": cookie})
    assert status == 201
    return str(answer["token"])


def request(
    url: str, *, send: object = None, headers: dict[str, str] | None = None, body: bytes | None = None
) -> tuple[int, dict[str, Any]]:
    """Status and answer; for a sign-in the headers of the answer."""
    given = body if send is None else json.dumps(send).encode()
    asked = urllib.request.Request(url, data=given, headers=headers or {})
    if send is not None:
        asked.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            if "set-cookie" in answer.headers:
                return answer.status, {"set-cookie": answer.headers["set-cookie"]}
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read())


def blocks(name: str) -> list[str]:
    """The indented-by-fence blocks of a README, with continued lines joined."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def lines_with(name: str, start: str) -> list[str]:
    return [line for block in blocks(name) for line in block.splitlines() if line.startswith(start)]


def calls(name: str) -> list[str]:
    """Every call of curl; its body may go over several lines."""
    parts = [part for block in blocks(name) for part in re.split(r"^(?=curl )", block, flags=re.MULTILINE)]
    return [part for part in parts if part.startswith("curl ")]


def first_id(items: Iterable[dict[str, Any]], member: str, **wanted: str) -> str:
    """The id of the first item with these members."""
    return next(str(item[member]) for item in items if wanted.items() <= item.items())


def curl(line: str) -> tuple[int, dict[str, Any]]:
    """What curl would do with these arguments."""
    words, url, query, body = iter(shlex.split(line)[1:]), "", [], None
    headers: dict[str, str] = {}
    for word in words:
        match word:
            case "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = value
            case "-d":
                body = next(words).encode()
            case "-G":
                pass
            case "--data-urlencode":
                name, _, value = next(words).partition("=")
                query.append((name, value))
            case _:
                assert word.startswith("http"), word
                url = word
    return request(url + ("?" + urllib.parse.urlencode(query) if query else ""), headers=headers, body=body)


@pytest.mark.parametrize("name", READMES)
def test_the_calls_of_the_api_carry_a_proposal_to_a_project(name: str, server: Server, key: str) -> None:
    told = {"$KEY": key, "$API": f"{server.base}/api"}

    def call(line: str) -> dict[str, Any]:
        for variable, value in told.items():
            line = line.replace(variable, value)
        status, answer = curl(line.replace("$(date +%s)", os.urandom(8).hex()))
        assert status in {200, 201}, answer
        return answer

    directory, submission, todo, decision, projects = calls(name)
    people = call(directory)
    told["'$MEMBER'"] = first_id(people["members"], "id", account="zhang.wei")
    told["'$DEPARTMENT'"] = first_id(people["departments"], "id", key="rd_one")
    submitted = call(submission)
    told["$TASK"] = first_id(call(todo)["items"], "task_id", instance_id=submitted["instance"]["id"])
    assert call(decision)["status"] == "approved"
    (project,) = call(projects)["items"]
    assert project["values"]["proposal_code"] == submitted["record"]["values"]["code"]


@pytest.mark.parametrize("name", READMES)
def test_the_calls_ask_for_no_program_that_a_small_machine_lacks(name: str) -> None:
    assert set(re.findall(r"\$\((\w+)", "".join(blocks(name)))) == {"date"}


def test_a_sign_in_link_leads_to_where_the_workspace_is_served(server: Server) -> None:
    link = server.sign_in_link("zhang.wei")
    assert link.startswith(f"{server.base}/sign-in?token=")
    status, _ = request(f"{server.base}/api/session/link", send={"token": link.rpartition("token=")[2]})
    assert status == 200


@pytest.mark.parametrize("name", READMES)
def test_the_commands_for_applications_run_in_their_order(name: str, server: Server, tmp_path: Path) -> None:
    (tmp_path / "templates_library").symlink_to(ROOT / "templates_library")
    lines = lines_with(name, PROGRAM)
    assert [line.split()[1] for line in lines] == ["check", "scenario", "plan", "apply", "export"]
    for line in lines:
        ran = subprocess.run(
            [sys.executable, "-m", "engine.cli", *line.split()[1:]],
            cwd=tmp_path,
            env={**os.environ, "FORMWRIGHT_DATA": str(server.data), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "exported" / "app.json").is_file()


def test_push_records_carries_a_project_from_form_to_record(server: Server, key: str) -> None:
    ran = subprocess.run(
        [sys.executable, ROOT / "examples" / "push_records.py", "--url", server.base, "--key", key],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    steps = [line.split()[0] for line in ran.stdout.splitlines()]
    assert (steps[0], steps[-1]) == ("proposed", "recorded")
    assert steps.count("approved") >= 5


def test_push_records_says_why_it_was_refused(server: Server) -> None:
    ran = subprocess.run(
        [sys.executable, ROOT / "examples" / "push_records.py", "--url", server.base, "--key", "fwk_wrong"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith("401 ")
    assert "Traceback" not in ran.stderr
