// Rich text read without running anything of it: the words alone, or the few elements that it may have.

export const ELEMENTS: readonly string[] = [
  "a",
  "blockquote",
  "br",
  "code",
  "em",
  "h1",
  "h2",
  "h3",
  "h4",
  "hr",
  "li",
  "ol",
  "p",
  "pre",
  "s",
  "strong",
  "sub",
  "sup",
  "u",
  "ul",
];
const SCHEME = /^(?:https?:|mailto:|tel:)/i;
const DROPPED: readonly string[] = ["script", "style", "template"];

/** The nodes of a text; a document that was only parsed neither runs nor loads anything. */
export function nodesOf(rich: string): ChildNode[] {
  return [...new DOMParser().parseFromString(rich, "text/html").body.childNodes].filter(isKept);
}

export function isKept(node: Node): boolean {
  return !DROPPED.includes(node.nodeName.toLowerCase());
}

/** The address of a link that may be followed. */
export function addressOf(element: Element): string | undefined {
  const address = element.getAttribute("href") ?? "";
  return SCHEME.test(address) ? address : undefined;
}

/** The words, one block after the other. */
export function wordsOf(rich: string): string {
  const apart = rich.replaceAll(/<(?:br|hr)\s*\/?>|<\/(?:p|h[1-4]|li|blockquote|pre)>/g, "$& ");
  return nodesOf(apart)
    .map((node) => node.textContent ?? "")
    .join("")
    .replaceAll(/\s+/g, " ")
    .trim();
}
