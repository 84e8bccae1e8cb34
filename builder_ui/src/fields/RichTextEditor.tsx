// Writing rich text: paragraphs, headings, lists, quotations, links and emphasis, with a toolbar.
import { type Editor, EditorContent, useEditor, useEditorState } from "@tiptap/react";
import { StarterKit } from "@tiptap/starter-kit";
import { Button, Input } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RichTextField } from "../api/types";
import {
  BoldOutlined,
  ItalicOutlined,
  LinkOutlined,
  OrderedListOutlined,
  StrikethroughOutlined,
  UnderlineOutlined,
  UnorderedListOutlined,
} from "../ui/icons";
import { type EditProps, textOf } from "./contract";

const extensions = [
  StarterKit.configure({
    // no empty paragraph after a heading that ends the text
    trailingNode: false,
    heading: { levels: [2, 3] },
    link: { openOnClick: false, protocols: ["http", "https", "mailto", "tel"], defaultProtocol: "https" },
  }),
];
const LINK = /^(?:https?:\/\/|mailto:|tel:)/i;

const marks = [
  { key: "bold", icon: <BoldOutlined />, run: (editor: Editor) => editor.chain().focus().toggleBold().run() },
  { key: "italic", icon: <ItalicOutlined />, run: (editor: Editor) => editor.chain().focus().toggleItalic().run() },
  {
    key: "underline",
    icon: <UnderlineOutlined />,
    run: (editor: Editor) => editor.chain().focus().toggleUnderline().run(),
  },
  {
    key: "strike",
    icon: <StrikethroughOutlined />,
    run: (editor: Editor) => editor.chain().focus().toggleStrike().run(),
  },
  { key: "heading", icon: "H", run: (editor: Editor) => editor.chain().focus().toggleHeading({ level: 2 }).run() },
  {
    key: "bulletList",
    icon: <UnorderedListOutlined />,
    run: (editor: Editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    key: "orderedList",
    icon: <OrderedListOutlined />,
    run: (editor: Editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  { key: "blockquote", icon: "“”", run: (editor: Editor) => editor.chain().focus().toggleBlockquote().run() },
] as const;

function Toolbar({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState<string | null>(null);
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) => [...marks.map((mark) => now.isActive(mark.key)), now.isActive("link")],
  });
  const link = () => {
    const target = (address ?? "").trim();
    const whole = target === "" || LINK.test(target) ? target : `https://${target}`;
    const chain = editor.chain().focus().extendMarkRange("link");
    (whole === "" ? chain.unsetLink() : chain.setLink({ href: whole })).run();
    setAddress(null);
  };
  return (
    <div className="rich-text-tools" role="toolbar" aria-label={t("fields.richText.tools")}>
      {marks.map((mark, place) => (
        <Button
          key={mark.key}
          size="small"
          type={active[place] ? "primary" : "text"}
          icon={mark.icon}
          aria-label={t(`fields.richText.${mark.key}`)}
          aria-pressed={active[place] ?? false}
          onClick={() => mark.run(editor)}
        />
      ))}
      <Button
        size="small"
        type={active[marks.length] ? "primary" : "text"}
        icon={<LinkOutlined />}
        aria-label={t("fields.richText.link")}
        aria-expanded={address !== null}
        onClick={() => setAddress(address === null ? String(editor.getAttributes("link")["href"] ?? "") : null)}
      />
      {address !== null && (
        <Input.Search
          size="small"
          className="rich-text-address"
          aria-label={t("fields.richText.address")}
          placeholder="https://"
          enterButton={t("fields.richText.setLink")}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
          onSearch={link}
        />
      )}
    </div>
  );
}

/** What the editor holds, or nothing where nobody wrote a word. */
function contentOf(editor: Editor): string | null {
  return editor.isEmpty ? null : editor.getHTML();
}

export default function RichTextEditor(props: EditProps<RichTextField>) {
  const { id, label, isInvalid, isRequired = false, describedBy, onChange, onLeave } = props;
  const value = textOf(props.value);
  const editor = useEditor({
    extensions,
    content: value,
    // its styles come with the page
    injectCSS: false,
    immediatelyRender: true,
    onUpdate: ({ editor: now }) => onChange(contentOf(now)),
    onBlur: () => onLeave?.(),
    editorProps: {
      attributes: {
        id,
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label,
        "aria-invalid": String(isInvalid),
        "aria-required": String(isRequired),
        ...(describedBy === undefined ? {} : { "aria-describedby": describedBy }),
        class: "rich-text rich-text-page",
      },
    },
  });
  // a value that came from elsewhere: a draft, a default, the other side of a conflict
  useEffect(() => {
    if (editor.isDestroyed) return;
    if (value !== (contentOf(editor) ?? "")) editor.commands.setContent(value, { emitUpdate: false });
  }, [editor, value]);
  return (
    <div className={isInvalid ? "rich-text-editor is-invalid" : "rich-text-editor"}>
      <Toolbar editor={editor} />
      <EditorContent editor={editor} />
    </div>
  );
}
