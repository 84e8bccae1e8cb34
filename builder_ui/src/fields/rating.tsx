import { Rate } from "antd";
import { useTranslation } from "react-i18next";
import type { RatingField } from "../api/types";
import { described, type EditProps, type FieldParts, type ShowProps } from "./contract";
import { digitsOf } from "./digits";

const STARS = 5;

function Edit(props: EditProps<RatingField>) {
  const { status: _status, onBlur, ...named } = { status: undefined, ...described(props) };
  return (
    <div role="radiogroup" {...named} tabIndex={-1}>
      <Rate
        count={props.field.max ?? STARS}
        value={Number(digitsOf(props.value))}
        onChange={(stars) => props.onChange(stars === 0 ? null : stars)}
        {...(onBlur === undefined ? {} : { onBlur })}
      />
    </div>
  );
}

function Show({ field, value }: ShowProps<RatingField>) {
  const { t } = useTranslation();
  const [stars, most] = [Number(digitsOf(value)), field.max ?? STARS];
  return (
    <span className="nowrap rating">
      <span className="screen-reader">{t("fields.stars", { stars, most })}</span>
      <span aria-hidden="true">{"★".repeat(stars)}</span>
      <span aria-hidden="true" className="rating-rest">
        {"★".repeat(Math.max(0, most - stars))}
      </span>
    </span>
  );
}

export const rating: FieldParts<RatingField> = { Edit, Show };
