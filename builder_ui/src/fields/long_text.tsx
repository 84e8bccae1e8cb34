import { Input } from "antd";
import type { LongTextField } from "../api/types";
import { counted, described, type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";

const COUNTED = 10_000;

function Edit(props: EditProps<LongTextField>) {
  const limit = props.field.max_length ?? COUNTED;
  return (
    <Input.TextArea
      {...described(props)}
      value={textOf(props.value)}
      autoSize={{ minRows: 3, maxRows: 12 }}
      count={counted(limit, limit < COUNTED)}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

function Show({ value }: ShowProps<LongTextField>) {
  return <span className="long-text">{textOf(value)}</span>;
}

export const longText: FieldParts<LongTextField> = { Edit, Show };
