import { Input } from "antd";
import { createElement, lazy, type ReactNode, Suspense } from "react";
import type { RichTextField } from "../api/types";
import { described, type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";
import { addressOf, ELEMENTS, isKept, nodesOf, wordsOf } from "./richText";

// the editor is large, and few forms have one
const RichTextEditor = lazy(() => import("./RichTextEditor"));
const DEEPEST = 60;

function Edit(props: EditProps<RichTextField>) {
  const waiting = <Input.TextArea {...described(props)} readOnly value={wordsOf(textOf(props.value))} rows={4} />;
  return (
    <Suspense fallback={waiting}>
      <RichTextEditor {...props} />
    </Suspense>
  );
}

/** Elements made anew from those that are known, each with nothing but the address of a link. */
function shown(node: Node, key: number, depth: number): ReactNode {
  if (!(node instanceof Element) || depth > DEEPEST) return node.textContent;
  const children = [...node.childNodes].filter(isKept).map((child, place) => shown(child, place, depth + 1));
  const name = node.tagName.toLowerCase();
  if (!ELEMENTS.includes(name)) return children;
  if (name === "br" || name === "hr") return createElement(name, { key });
  const link = name === "a" ? { href: addressOf(node), target: "_blank", rel: "noopener noreferrer" } : {};
  return createElement(name, { key, ...link }, ...children);
}

function Show({ value }: ShowProps<RichTextField>) {
  return <div className="rich-text">{nodesOf(textOf(value)).map((node, place) => shown(node, place, 0))}</div>;
}

export const richText: FieldParts<RichTextField> = { Edit, Show };
