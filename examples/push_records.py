"""Carry a project proposal from form to approval over HTTP, with nothing but the standard library.

    python examples/push_records.py --url http://127.0.0.1:8000 --key fwk_…

The key belongs to the admin of a workspace with sample data (page "API keys"): with it the script makes a
short-lived key for each sample member who takes part, proposes a project, lets everyone decide, reads the
project that the flow created, and revokes the keys again.
"""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

APP = "project_initiation"


class Refused(Exception):
    """The server refused a request; `error` is the one error object of the API."""

    def __init__(self, status: int, error: Mapping[str, Any]) -> None:
        self.status = status
        self.error = error
        details = "; ".join(f"{item['path']}: {item['message']}" for item in error.get("errors", ()))
        super().__init__(f"{status} {error.get('code')}: {error.get('message')} {details}".strip())


@dataclass(frozen=True)
class Client:
    """One member's access to the API."""

    url: str
    key: str

    def call(self, method: str, path: str, *, send: object = None, headers: Mapping[str, str] | None = None) -> Any:
        """The JSON answer; raises `Refused`."""
        request = urllib.request.Request(  # noqa: S310  # the address is the operator's own
            self.url.rstrip("/") + path,
            method=method,
            data=None if send is None else json.dumps(send).encode(),
            headers={
                "Authorization": f"Bearer {self.key}",
                "Content-Type": "application/json",
                "Accept-Language": "en",
                **(headers or {}),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310  # see above
                return json.loads(response.read() or b"null")
        except urllib.error.HTTPError as refusal:
            raise Refused(refusal.code, json.loads(refusal.read())["error"]) from None

    def create(self, path: str, send: object) -> Any:
        """POST that may be repeated: the same idempotency key gets the same answer."""
        headers = {"Idempotency-Key": secrets.token_hex(16)}
        for attempt in range(5):
            try:
                return self.call("POST", path, send=send, headers=headers)
            except urllib.error.URLError:
                time.sleep(0.2 * 2**attempt)
        return self.call("POST", path, send=send, headers=headers)


@dataclass
class Cast:
    """Clients for the members who play a part, by account; made on first use, revoked at the end."""

    admin: Client
    members: Mapping[str, str]
    _clients: dict[str, Client] = field(default_factory=dict)
    _key_ids: list[str] = field(default_factory=list)

    def __getitem__(self, account: str) -> Client:
        if account not in self._clients:
            send = {"title": f"push_records {account}", "member_id": self.members[account]}
            made = self.admin.create("/api/keys", send)
            self._key_ids.append(made["key"]["id"])
            self._clients[account] = Client(self.admin.url, made["token"])
        return self._clients[account]

    def revoke(self) -> None:
        """Withdraw every key that was made."""
        for key_id in self._key_ids:
            self.admin.call("DELETE", f"/api/keys/{key_id}")


def proposal(owner: str, department: str) -> dict[str, object]:
    """Field values of a proposal whose budget is above one million."""
    return {
        "name": f"API-driven proposal {secrets.token_hex(3)}",
        "kind": "it",
        "goals": ["digital", "cost"],
        "goal": "Twelve systems share one customer record by year's end.",
        "start": "2027-01-04",
        "finish": "2027-06-30",
        "owner": owner,
        "department": department,
        "outsourced": False,
        "lines": [
            {"item": "Engineers (person-months)", "category": "labor", "qty": 24, "price": 32000},
            {"item": "Storage", "category": "purchase", "qty": 1, "price": 460000},
        ],
    }


def decide(client: Client, instance_id: str, action: str, **extra: object) -> Any:
    """Act on the caller's open task of the instance."""
    todo = client.call("GET", "/api/inbox/todo?limit=200")["items"]
    task_id = next(item["task_id"] for item in todo if item["instance_id"] == instance_id)
    return client.create(f"/api/tasks/{task_id}/act", {"action": action, **extra})


def run(url: str, key: str) -> None:
    """The whole job, each step printed."""
    admin = Client(url, key)
    directory = admin.call("GET", "/api/directory")
    cast = Cast(admin, {member["account"]: member["id"] for member in directory["members"]})
    departments = {department["key"]: department["id"] for department in directory["departments"]}
    try:
        applicant = cast["zhang.wei"]
        values = proposal(cast.members["zhang.wei"], departments["rd_one"])
        made = applicant.create(f"/api/apps/{APP}/forms/apply/submissions", {"values": values})
        record, instance_id = made["record"], made["instance"]["id"]
        print(f"proposed   {record['title']}  budget {record['values']['budget']:,}")
        accounts = {member_id: account for account, member_id in cast.members.items()}
        state = made["instance"]
        while state["status"] == "running":
            node = state["current"][0]
            account = accounts[node["member_ids"][0]]
            extra = {"values": {"cost_center": "CC-2101"}} if node["node_key"] == "fin" else {}
            state = decide(cast[account], instance_id, "approve", **extra)
            print(f"approved   at {node['node_key']} by {account}: now {state['status']}")
        path = f"/api/apps/{APP}/entities/project/records"
        query = urllib.parse.quote(
            json.dumps({"field": "proposal_code", "op": "eq", "value": record["values"]["code"]})
        )
        project = admin.call("GET", f"{path}?filter={query}")["items"][0]
        changed = admin.call(
            "PATCH",
            f"{path}/{project['id']}",
            send={"values": {"stage": "running"}},
            headers={"If-Match": f'"{project["version"]}"'},
        )
        print(f"recorded   {changed['title']}  stage {changed['values']['stage']}")
    finally:
        cast.revoke()


def main() -> int:
    """Entry point; 0 when every step succeeded."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--key", required=True, help="API key of the admin")
    options = parser.parse_args()
    try:
        run(options.url, options.key)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
