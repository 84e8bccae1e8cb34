import { Input } from "antd";
import type { TextField } from "../api/types";
import { counted, described, type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";

const LIMIT = 255;

function Edit(props: EditProps<TextField>) {
  return (
    <Input
      {...described(props)}
      value={textOf(props.value)}
      count={counted(props.field.max_length ?? LIMIT, false)}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

function Show({ value }: ShowProps<TextField>) {
  return <span>{textOf(value)}</span>;
}

export const text: FieldParts<TextField> = { Edit, Show };
