import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { CurrentNode, InstanceView, TimelineEntry } from "../src/api/types";
import { whatReturned } from "../src/flow/returns";
import { Timeline } from "../src/flow/Timeline";
import { ids, Surroundings } from "./surroundings";

const waiting: CurrentNode = {
  node_key: "legal",
  node_title: "Legal",
  member_ids: [ids.wei],
  incident: null,
  activation: 4,
  opened_at: "2027-03-01T08:00:00.000Z",
  due_at: null,
  tally: null,
};
const view: InstanceView = {
  instance: {
    id: "i",
    app: "a",
    flow_key: "f",
    flow_title: "F",
    title: "T",
    entity: "e",
    record_id: "r",
    status: "running",
    initiator_id: ids.wei,
    department_id: null,
    started_at: "2027-03-01T07:00:00.000Z",
    ended_at: null,
    current: [waiting, { ...waiting, node_key: "fin", activation: 5, opened_at: "2027-03-02T08:00:00.000Z" }],
  },
  can_withdraw: false,
  can_retry: false,
  timeline: [],
  tree: {
    key: "root",
    kind: "seq",
    title: "F",
    state: "active",
    branch: null,
    branch_title: null,
    when: null,
    members: [],
    incident: null,
    children: [],
  },
};

afterEach(cleanup);

it("says of each open node how long it itself has been waiting", () => {
  const { container } = render(<Timeline view={view} />, { wrapper: Surroundings });
  const since = [...container.querySelectorAll(".current time")].map((time) => time.getAttribute("datetime"));
  expect(since).toEqual(["2027-03-01T08:00:00.000Z", "2027-03-02T08:00:00.000Z"]);
});

const happened: TimelineEntry = {
  seq: 1,
  at: "2027-03-01T09:00:00.000Z",
  kind: "returned",
  node_key: "legal",
  node_title: "Legal",
  actor_id: null,
  decision: "return",
  comment: null,
  automatic: null,
  waited_ms: null,
  due_at: null,
  to: "start",
  to_title: "Start",
  member_ids: [],
  record_id: null,
  record_entity: null,
  record_title: null,
  text: null,
};

it("says of a vote of several what it takes, how far it is, and who may veto", () => {
  const tally = { mode: "percent", percent: 60, collect: "early", needed: 3, voters: 5, approved: 1, rejected: 0 };
  const committee = { ...waiting, tally: { ...tally, veto_ids: [ids.fang] } };
  const instance = { ...view.instance, current: [committee] };
  const { container } = render(<Timeline view={{ ...view, instance }} />, { wrapper: Surroundings });
  const said = container.querySelector(".current")?.textContent ?? "";
  expect(said).toMatch(/60 % must approve: 3 of 5 people · 1 approved, 0 rejected|60%.*5 人中 3 人 · 已同意 1/);
  expect(said).toMatch(/(Wang Fang can veto|王芳 可一票否决)/);
});

it("knows what sent a request back: the return of a person, or the rejection that became one", () => {
  const rejection: TimelineEntry = { ...happened, seq: 1, kind: "voted", decision: "reject", comment: "No", to: null };
  const automatic: TimelineEntry = { ...happened, seq: 2 };
  const byHand: TimelineEntry = { ...happened, seq: 3, actor_id: ids.fang, waited_ms: 5, comment: "Change it" };
  expect(whatReturned({ ...view, timeline: [rejection, automatic] }, "start")).toBe(rejection);
  expect(whatReturned({ ...view, timeline: [rejection, automatic, byHand] }, "start")).toBe(byHand);
  expect(whatReturned({ ...view, timeline: [rejection] }, "start")).toBeNull();
});

it("leads to the record that the flow made where its reader may see it", () => {
  const made: TimelineEntry = { ...happened, kind: "record_created", record_id: "x", to: null, to_title: null };
  const seen = { ...made, seq: 2, record_entity: "project", record_title: "Data platform" };
  render(<Timeline view={{ ...view, timeline: [made, seen] }} />, { wrapper: Surroundings });
  const links = screen.getAllByRole("link");
  expect(links.map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
    ["Data platform", "/apps/a/entities/project/records/x"],
  ]);
});

it("says of an automatic return where it went, and nothing after that", () => {
  const { container } = render(<Timeline view={{ ...view, timeline: [happened] }} />, { wrapper: Surroundings });
  expect(container.querySelector(".kind-returned .quiet:not(time)")?.textContent).toMatch(/(Back to|退回到) Start$/);
});

it("says until when a node is due, and what was late", () => {
  const due_at = "2027-03-02T08:00:00.000Z";
  const late: TimelineEntry = {
    ...happened,
    kind: "voted",
    decision: "approve",
    at: "2027-03-02T11:00:00.000Z",
    due_at,
  };
  const intime: TimelineEntry = { ...late, seq: 2, at: "2027-03-02T07:59:00.000Z" };
  const instance = { ...view.instance, current: [{ ...waiting, due_at: "2999-01-01T00:00:00.000Z" }] };
  render(<Timeline view={{ ...view, instance, timeline: [late, intime] }} />, { wrapper: Surroundings });
  expect(screen.getAllByText("逾期 3 小时")).toHaveLength(1);
  expect(screen.getByText("2999-01-01 08:00")).toBeDefined();
});
