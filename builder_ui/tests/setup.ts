import { setImmediate } from "node:timers/promises";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import "../src/i18n/setup";

// a busy machine may need long to draw a page
configure({ asyncUtilTimeout: 15_000 });

// what React still wants to draw must not come after the page is gone
afterEach(async () => {
  cleanup();
  await setImmediate();
});

// jsdom has no layout; antd asks these while it draws
window.matchMedia = (query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => undefined,
  removeListener: () => undefined,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  dispatchEvent: () => false,
});
window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
// the editor of formulas measures pieces of text
Range.prototype.getClientRects = () => document.createElement("div").getClientRects();
