import { useTranslation } from "react-i18next";
import type { FormulaFunction } from "../api/formulas";
import { useLabel } from "../i18n/label";
import { callAt, parameterOf } from "./signature";
import { kindOf, parameterTexts } from "./vocabulary";

interface SignatureHintProps {
  source: string;
  position: number;
  functions: ReadonlyMap<string, FormulaFunction>;
}

/** The call around the cursor, with the parameter it stands at. */
export function SignatureHint({ source, position, functions }: SignatureHintProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const call = callAt(source, position);
  const found = call === null ? undefined : functions.get(call.name);
  if (call === null || found === undefined) return <p className="formula-signature quiet">{t("formulas.typing")}</p>;
  const current = parameterOf(found, call.argument);
  const texts = parameterTexts(found, label);
  const parameter = found.parameters[current];
  const kind = parameter && kindOf(parameter, label, (taken) => t(`formulas.takes.${taken}`));
  return (
    <p className="formula-signature">
      <code>
        {found.name}(
        {texts.map((text, index) => (
          <span key={text}>
            {index > 0 && ", "}
            {index === current ? <strong>{text}</strong> : text}
          </span>
        ))}
        )
      </code>
      {kind && <span>{kind}</span>}
      <span className="quiet">{label(found.help)}</span>
    </p>
  );
}
