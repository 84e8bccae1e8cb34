import { useTranslation } from "react-i18next";
import type { FormulaNote } from "../api/formulas";
import { CheckCircleOutlined, CloseCircleOutlined, WarningOutlined } from "../ui/icons";
import { Failed } from "../ui/states";
import type { CheckState, Judged } from "./useFormulaCheck";
import type { NoteText } from "./useNoteText";

interface ProblemsProps {
  id: string;
  check: CheckState<Judged>;
  tell: NoteText;
  /** Goes to where a problem is. */
  onShow: (note: FormulaNote) => void;
}

/** What is wrong or doubtful about the draft, in words; each leads to its place. */
export function Problems({ id, check, tell, onShow }: ProblemsProps) {
  const { t } = useTranslation();
  const { answer, source, error } = check;
  const isFine = answer !== null && answer.problems.length + answer.warnings.length === 0;
  return (
    <div id={id} className="formula-problems" aria-live="polite">
      {error !== null && <Failed error={error} />}
      {isFine && (
        <p className="formula-note formula-note-fine">
          <CheckCircleOutlined /> {t("formulas.fine")}
        </p>
      )}
      {answer?.problems.map((note) => (
        <Note
          key={`${note.code}-${note.offset}`}
          note={note}
          text={tell(note, source ?? "")}
          isWarning={false}
          onShow={onShow}
        />
      ))}
      {answer?.warnings.map((note) => (
        <Note
          key={`${note.code}-${note.offset}`}
          note={note}
          text={tell(note, source ?? "")}
          isWarning
          onShow={onShow}
        />
      ))}
    </div>
  );
}

interface NoteProps {
  note: FormulaNote;
  text: string;
  isWarning: boolean;
  onShow: (note: FormulaNote) => void;
}

function Note({ note, text, isWarning, onShow }: NoteProps) {
  const { t } = useTranslation();
  return (
    <p className={isWarning ? "formula-note formula-note-warning" : "formula-note formula-note-error"}>
      {isWarning ? <WarningOutlined /> : <CloseCircleOutlined />}
      <span className="screen-reader">{isWarning ? t("formulas.warning") : t("formulas.error")}</span>
      <button type="button" className="formula-note-place" onClick={() => onShow(note)}>
        {text}
      </button>
    </p>
  );
}
