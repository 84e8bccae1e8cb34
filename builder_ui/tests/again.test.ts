import { describe, expect, it } from "vitest";
import type { AppDetail, Entity, RecordView } from "../src/api/types";
import { formAgain, valuesAgain } from "../src/record/again";

const entity: Entity = {
  key: "e",
  title: "E",
  fields: [
    { key: "code", type: "serial", title: "Code", pattern: "E-{seq}" },
    { key: "name", type: "text", title: "Name" },
    { key: "note", type: "text", title: "Note" },
    { key: "files", type: "attachment", title: "Files" },
    {
      key: "lines",
      type: "subform",
      title: "Lines",
      fields: [
        { key: "item", type: "text", title: "Item" },
        { key: "sum", type: "number", title: "Sum", computed: "1+1" },
      ],
    },
    { key: "total", type: "number", title: "Total", computed: "SUM({lines.sum})" },
  ],
};
const values = {
  code: "E-1",
  name: "Data platform",
  note: null,
  files: [{ id: "f", name: "a.pdf", size: 1, media_type: "application/pdf" }],
  lines: [{ id: "row", item: "Work", sum: 2 }],
  total: 2,
  hidden: "not a field of who looks",
};

describe("proposing again", () => {
  it("takes over what a person entered, in new rows, and nothing that the engine makes or that is hidden", () => {
    const record = { values } as unknown as RecordView;
    expect(valuesAgain(entity, record)).toEqual({ name: "Data platform", lines: [{ item: "Work" }] });
  });

  it("opens the form of the menu that starts a flow for such records", () => {
    const forms = {
      plain: { entity: "e" },
      apply: { entity: "e", flow: "approve" },
      other: { entity: "o", flow: "f" },
    };
    const items = [{ form: "plain" }, { form: "other" }, { view: "all" }, { form: "apply" }];
    expect(formAgain({ forms, menu: [{ items }] } as unknown as AppDetail, "e")).toBe("apply");
    expect(formAgain({ forms, menu: [{ items: [] }] } as unknown as AppDetail, "e")).toBeNull();
  });
});
