import type { EditorView } from "@codemirror/view";
import { Button, Drawer } from "antd";
import { type RefObject, useCallback, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FormulaFunction, FormulaPlace, FunctionList } from "../api/formulas";
import type { AppDetail, ColumnField, Entity, Field } from "../api/types";
import { AppstoreOutlined } from "../ui/icons";
import { useIsPhone } from "../ui/useIsPhone";
import { insertCall, insertField } from "./completing";
import { LiveResult } from "./LiveResult";
import { Palette } from "./Palette";
import { Problems } from "./Problems";
import { SignatureHint } from "./SignatureHint";
import { showNote, useFormulaBox } from "./useFormulaBox";
import { useFormulaCheck } from "./useFormulaCheck";
import { useNoteText } from "./useNoteText";
import { type Known, makeVocabulary } from "./vocabulary";

interface FormulaEditorProps {
  app: AppDetail;
  entity: Entity;
  place: FormulaPlace;
  /** The subform in whose rows the formula stands. */
  subform: string | null;
  /** The field whose value it is, if any. */
  target: Field | ColumnField | null;
  label: string;
  value: string;
  onChange: (value: string) => void;
  fields: Map<string, Known>;
  functions: FunctionList;
}

/** A formula being written: text with fields as chips, help, what is wrong with it, and what it comes to. */
export function FormulaEditor(props: FormulaEditorProps) {
  const { app, entity, place, subform, target, label, value, onChange, fields, functions } = props;
  const problems = useId();
  const [position, setPosition] = useState(value.length);
  const vocabulary = useMemo(() => makeVocabulary(fields, functions), [fields, functions]);
  const location = useMemo(() => ({ app: app.key, entity: entity.key }), [app.key, entity.key]);
  const check = useFormulaCheck(location, place, value);
  const tell = useNoteText(fields);
  const box = { label, value, onChange, problems, vocabulary, check, tell, onCursor: setPosition };
  const { parent, view } = useFormulaBox(box);
  const insert = useInserting(view);
  return (
    <div className="formula-editor">
      <div className="formula-main">
        <div className="formula-code" ref={parent} />
        <div className="formula-below">
          <SignatureHint source={value} position={position} functions={vocabulary.functions} />
          <PaletteButton fields={fields} functions={functions} {...insert} />
        </div>
        <Problems id={problems} check={check} tell={tell} onShow={(note) => showNote(view.current, note)} />
        <LiveResult app={app} entity={entity} subform={subform} target={target} check={check} fields={fields} />
      </div>
      <PaletteAside fields={fields} functions={functions} {...insert} />
    </div>
  );
}

function useInserting(view: RefObject<EditorView | null>) {
  const onField = useCallback(
    (path: string) => {
      if (view.current === null) return;
      insertField(view.current, path, view.current.state.selection.main);
      view.current.focus();
    },
    [view],
  );
  const onFunction = useCallback(
    (found: FormulaFunction) => {
      if (view.current === null) return;
      const call = { name: found.name, takes: found.parameters.length > 0 };
      insertCall(view.current, call, view.current.state.selection.main);
      view.current.focus();
    },
    [view],
  );
  return { onField, onFunction };
}

interface PaletteParts {
  fields: Map<string, Known>;
  functions: FunctionList;
  onField: (path: string) => void;
  onFunction: (found: FormulaFunction) => void;
}

function PaletteAside(parts: PaletteParts) {
  const { t } = useTranslation();
  if (useIsPhone()) return null;
  return (
    <aside className="formula-aside" aria-label={t("formulas.palette")}>
      <Palette {...parts} />
    </aside>
  );
}

/** On a phone the fields and functions come from below, and go once one is chosen. */
function PaletteButton({ onField, onFunction, ...parts }: PaletteParts) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (!useIsPhone()) return null;
  return (
    <>
      <Button icon={<AppstoreOutlined />} onClick={() => setOpen(true)}>
        {t("formulas.palette")}
      </Button>
      <Drawer title={t("formulas.palette")} placement="bottom" size="75%" open={isOpen} onClose={() => setOpen(false)}>
        <Palette
          {...parts}
          onField={(path) => {
            setOpen(false);
            onField(path);
          }}
          onFunction={(found) => {
            setOpen(false);
            onFunction(found);
          }}
        />
      </Drawer>
    </>
  );
}
