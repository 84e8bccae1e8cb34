import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Field, Json } from "../src/api/types";
import { drawn } from "../src/fields/BarcodePicture";
import { shifted } from "../src/fields/digits";
import { FieldEdit, FieldShow } from "../src/fields/registry";
import { wordsOf } from "../src/fields/richText";
import { Surroundings } from "./surroundings";

afterEach(cleanup);
const story: Field = { key: "f", type: "rich_text", title: "Story" };

function edit(value: Json, onChange: (value: Json) => void) {
  return (
    <FieldEdit field={story} value={value} id="f" label="Story" isInvalid={false} isRequired onChange={onChange} />
  );
}

describe("rich text", () => {
  it("shows only what is known, whatever was kept", () => {
    const hostile =
      '<p onclick="x()">a<script>x()</script><img src="x" onerror="x()"><a href="javascript:x()">b</a>' +
      '<a href="https://example.com/">c</a><iframe src="https://example.com"></iframe></p><style>p{}</style>';
    const { container } = render(<FieldShow field={story} value={hostile} />, { wrapper: Surroundings });
    expect(container.querySelector("script, img, iframe, style")).toBeNull();
    expect(container.querySelector("p")?.getAttributeNames()).toEqual([]);
    const links = [...container.querySelectorAll("a")];
    expect(links.map((link) => link.getAttribute("href"))).toEqual([null, "https://example.com/"]);
    expect(links[1]?.getAttribute("rel")).toBe("noopener noreferrer");
  });

  it("is written in an editor that says what it is, and gives nothing where there is no word", async () => {
    const seen: Json[] = [];
    render(
      edit("<p>One</p>", (value) => seen.push(value)),
      { wrapper: Surroundings },
    );
    const bold = await screen.findByRole("button", { name: /Bold|加粗/ }, { timeout: 10_000 });
    // the page of the editor is put in after its toolbar
    const page = await screen.findByRole("textbox", { name: "Story" });
    expect(page.getAttribute("aria-required")).toBe("true");
    expect(page.textContent).toBe("One");
    expect(bold.getAttribute("aria-pressed")).toBe("false");
    fireEvent.click(screen.getByRole("button", { name: /^Heading|标题/ }));
    expect(seen.at(-1)).toBe("<h2>One</h2>");
  });

  it("takes over a value that comes from elsewhere without reporting it", async () => {
    const onChange = vi.fn();
    const { rerender } = render(edit("<p>One</p>", onChange), { wrapper: Surroundings });
    await screen.findByRole("textbox", { name: "Story" }, { timeout: 10_000 });
    rerender(edit("<p>Two</p>", onChange));
    await waitFor(() => expect(screen.getByRole("textbox", { name: "Story" }).textContent).toBe("Two"));
    expect(onChange).not.toHaveBeenCalled();
  });

  it("is words in narrow places", () => {
    expect(wordsOf("<h2>A</h2><ul><li>b</li><li>c &amp; d</li></ul><script>x</script>")).toBe("A b c & d");
  });
});

describe("codes", () => {
  it.each([
    ["qr", "项目 A"],
    ["datamatrix", "A-1"],
    ["pdf417", "A-1"],
    ["code128", "A-1"],
    ["code39", "A-1"],
    ["ean13", "6901234567892"],
    ["ean8", "73513537"],
    ["upca", "036000291452"],
    ["itf14", "15400141288763"],
  ] as const)("are drawn in the page: %s", (symbology, content) => {
    expect(drawn({ symbology, content })).toMatch(/^data:image\/svg\+xml,%3Csvg/);
  });

  it("are left out where the content is none", () => {
    expect(drawn({ symbology: "ean13", content: "12" })).toBeNull();
  });
});

describe("percentages and currencies", () => {
  it.each([
    ["0.125", 2, "12.5"],
    ["12.5", -2, "0.125"],
    ["5", -2, "0.05"],
    ["-1", 2, "-100"],
    ["0.001", 2, "0.1"],
    ["0", -2, "0"],
    ["", 2, ""],
  ])("move the point of %s by %d", (digits, places, expected) => {
    expect(shifted(digits, places)).toBe(expected);
  });

  it.each([
    [{ decimals: 3, percent: true }, 0.125, "12.5%"],
    [{ decimals: 2, currency: "CNY" }, 1234.5, "¥1,234.50"],
    [{ decimals: 0, currency: "JPY" }, 1234, "¥1,234"],
  ])("are shown as people write them", (members, value, expected) => {
    render(<FieldShow field={{ key: "f", type: "number", title: "N", ...members }} value={value} />, {
      wrapper: Surroundings,
    });
    expect(screen.getByText(expected)).toBeDefined();
  });

  it("are entered in per cent", () => {
    const seen: Json[] = [];
    const field: Field = { key: "f", type: "number", title: "N", decimals: 4, percent: true };
    render(
      <FieldEdit
        field={field}
        value={null}
        id="f"
        label="Share"
        isInvalid={false}
        onChange={(value) => seen.push(value)}
      />,
      { wrapper: Surroundings },
    );
    fireEvent.change(screen.getByLabelText("Share"), { target: { value: "12.5" } });
    expect(seen.at(-1)).toBe("0.125");
  });
});
