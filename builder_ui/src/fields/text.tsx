import { Input } from "antd";
import type { TextField } from "../api/types";
import { described, type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";

function Edit(props: EditProps<TextField>) {
  return (
    <Input
      {...described(props)}
      value={textOf(props.value)}
      maxLength={props.field.max_length ?? 255}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

function Show({ value }: ShowProps<TextField>) {
  return <span>{textOf(value)}</span>;
}

export const text: FieldParts<TextField> = { Edit, Show };
