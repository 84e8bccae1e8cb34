import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import type { Field, Json } from "../src/api/types";
import { refusalOf, sizeText } from "../src/fields/files";
import { FieldEdit, FieldShow } from "../src/fields/registry";
import { CellValue } from "../src/grid/CellValue";
import { matchesWords } from "../src/people/MemberPicker";
import { ids, Surroundings } from "./surroundings";

const options = [
  { key: "it", title: "IT" },
  { key: "old", title: "Old", retired: true },
];
const fields: { field: Field; value: Json; shown: string | RegExp }[] = [
  { field: { key: "f", type: "text", title: "Name" }, value: "Warehouse", shown: "Warehouse" },
  { field: { key: "f", type: "long_text", title: "Goal" }, value: "One\nTwo", shown: /One/ },
  {
    field: { key: "f", type: "number", title: "Budget", decimals: 2, unit: "CNY" },
    value: "1234567890123456.78",
    shown: /1,234,567,890,123,456\.78/,
  },
  { field: { key: "f", type: "boolean", title: "Outsourced" }, value: true, shown: /Yes|是/ },
  { field: { key: "f", type: "date", title: "Start" }, value: "2027-03-01", shown: "2027-03-01" },
  { field: { key: "f", type: "datetime", title: "At" }, value: "2027-03-01T16:30:00.000Z", shown: "2027-03-02 00:30" },
  { field: { key: "f", type: "time", title: "Clock" }, value: "09:30", shown: "09:30" },
  { field: { key: "f", type: "duration", title: "Effort", display: "d h:mm" }, value: 93_600, shown: /1(d|天) 2:00/ },
  { field: { key: "f", type: "email", title: "Mail" }, value: "a@example.com", shown: "a@example.com" },
  { field: { key: "f", type: "url", title: "Site" }, value: "https://example.com/a", shown: "https://example.com/a" },
  { field: { key: "f", type: "phone", title: "Phone" }, value: "+8613800138000", shown: "138 0013 8000" },
  { field: { key: "f", type: "rating", title: "Stars" }, value: 4, shown: "★★★★" },
  { field: { key: "f", type: "progress", title: "Done", decimals: 1 }, value: 62.5, shown: "62.5%" },
  { field: { key: "f", type: "rich_text", title: "Story" }, value: "<p>One <strong>two</strong></p>", shown: "two" },
  { field: { key: "f", type: "barcode", title: "Code", symbology: "ean13" }, value: "6901234567892", shown: /690123/ },
  { field: { key: "f", type: "select", title: "Kind", options }, value: "it", shown: "IT" },
  { field: { key: "f", type: "multi_select", title: "Kinds", options }, value: ["it", "old"], shown: "Old" },
  { field: { key: "f", type: "member", title: "Owner" }, value: ids.wei, shown: /张伟|Zhang Wei/ },
  { field: { key: "f", type: "department", title: "Department" }, value: ids.rd, shown: /研发部|Development/ },
  { field: { key: "f", type: "link", title: "Project", entity: "project" }, value: ids.wei, shown: /Deleted|已删除/ },
  { field: { key: "f", type: "serial", title: "Code", pattern: "LX-{seq}" }, value: "LX-1", shown: "LX-1" },
  {
    field: { key: "f", type: "attachment", title: "Files" },
    value: [{ id: ids.wei, name: "a.pdf", size: 2048, media_type: "application/pdf" }],
    shown: /a\.pdf/,
  },
  {
    field: { key: "f", type: "department", title: "Departments", multiple: true },
    value: [ids.rd],
    shown: /研发部|Development/,
  },
  {
    field: { key: "f", type: "subform", title: "Lines", fields: [{ key: "item", type: "text", title: "Item" }] },
    value: [{ id: ids.wei, item: "AGV" }],
    shown: "AGV",
  },
];

afterEach(cleanup);

describe("every field type", () => {
  it.each(fields)("shows its value: $field.type", ({ field, value, shown }) => {
    render(<FieldShow field={field} value={value} />, { wrapper: Surroundings });
    expect(screen.getAllByText(shown).length).toBeGreaterThan(0);
  });

  it.each(fields.filter(({ field }) => field.type !== "subform"))(
    "names its input: $field.type",
    ({ field, value }) => {
      render(
        <FieldEdit
          field={field}
          value={value}
          id="f"
          label={String(field.title)}
          isInvalid={false}
          onChange={() => undefined}
        />,
        { wrapper: Surroundings },
      );
      const named =
        field.type === "serial"
          ? screen.getAllByText("LX-1")
          : screen.getAllByLabelText(String(field.title), { exact: false });
      expect(named.length).toBeGreaterThan(0);
    },
  );

  it("says that an empty value is empty", () => {
    render(<FieldShow field={{ key: "f", type: "text", title: "Name" }} value={null} />, { wrapper: Surroundings });
    expect(screen.getByText(/Not filled in|未填写/)).toBeDefined();
  });
});

function Entered({ field, onValue }: { field: Field; onValue: (value: Json) => void }) {
  const [value, setValue] = useState<Json>(null);
  const change = (next: Json) => {
    setValue(next);
    onValue(next);
  };
  return <FieldEdit field={field} value={value} id="f" label="Budget" isInvalid={false} onChange={change} />;
}

describe("a number being typed", () => {
  it("keeps all digits, beyond what a float can hold", () => {
    const seen: Json[] = [];
    render(
      <Entered
        field={{ key: "f", type: "number", title: "Budget", decimals: 2 }}
        onValue={(value) => seen.push(value)}
      />,
      { wrapper: Surroundings },
    );
    fireEvent.change(screen.getByLabelText("Budget"), { target: { value: "9007199254740993.25" } });
    expect(seen.at(-1)).toBe("9007199254740993.25");
    fireEvent.change(screen.getByLabelText("Budget"), { target: { value: "１２．５" } });
    expect(seen.at(-1)).toBe("12.5");
    fireEvent.change(screen.getByLabelText("Budget"), { target: { value: "" } });
    expect(seen.at(-1)).toBeNull();
  });
});

describe("an invalid field", () => {
  it("tells assistive technology what is wrong", () => {
    const field: Field = { key: "f", type: "text", title: "Name" };
    render(
      <FieldEdit
        field={field}
        value=""
        id="f"
        label="Name"
        isInvalid
        describedBy="f-fault"
        onChange={() => undefined}
      />,
      { wrapper: Surroundings },
    );
    const input = screen.getByLabelText("Name");
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(input.getAttribute("aria-describedby")).toBe("f-fault");
  });
});

describe("a required field", () => {
  const several: readonly string[] = ["serial", "subform", "attachment", "image", "signature"];

  it.each(fields.filter(({ field }) => !several.includes(field.type)))(
    "says so to assistive technology: $field.type",
    ({ field, value }) => {
      const edit = (isRequired: boolean) => (
        <FieldEdit
          field={field}
          value={value}
          id="f"
          label="Field"
          isInvalid={false}
          isRequired={isRequired}
          onChange={() => undefined}
        />
      );
      const { rerender } = render(edit(true), { wrapper: Surroundings });
      expect(screen.getByLabelText("Field").getAttribute("aria-required")).toBe("true");
      rerender(edit(false));
      expect(screen.getByLabelText("Field").getAttribute("aria-required")).toBe("false");
    },
  );
});

describe("a text beyond its limit", () => {
  it.each(["text", "long_text"] as const)("is kept for the server to refuse: %s", (type) => {
    const field: Field = { key: "f", type, title: "Name", max_length: 5 };
    render(<FieldEdit field={field} value="" id="f" label="Name" isInvalid={false} onChange={() => undefined} />, {
      wrapper: Surroundings,
    });
    expect(screen.getByLabelText("Name").getAttribute("maxlength")).toBeNull();
  });
});

describe("files in a narrow place", () => {
  it("are named without links, because the place is one already", () => {
    const files = [{ id: ids.wei, name: "a.pdf", size: 1, media_type: "application/pdf" }];
    render(<CellValue field={{ key: "f", type: "attachment", title: "Files" }} value={files} />, {
      wrapper: Surroundings,
    });
    expect(screen.getByText("a.pdf")).toBeDefined();
    expect(screen.queryByRole("link")).toBeNull();
  });
});

describe("files and people", () => {
  it("refuses files that are too many or too large before sending them", () => {
    const field = { key: "f", type: "attachment" as const, title: "Files", max_files: 1, max_size_mb: 1 };
    expect(refusalOf(field, { size: 10 }, 1)).toBe("tooMany");
    expect(refusalOf(field, { size: 2 * 1024 * 1024 }, 0)).toBe("tooLarge");
    expect(refusalOf(field, { size: 10 }, 0)).toBeNull();
    expect(sizeText(1536 * 1024)).toBe("1.5 MB");
  });

  it("finds members by any words of name, account and department", () => {
    expect(matchesWords("wei dev", "zhang wei zhang.wei development")).toBe(true);
    expect(matchesWords("wei sales", "zhang wei zhang.wei development")).toBe(false);
  });
});
