import { Input } from "antd";
import type { EmailField } from "../api/types";
import { described, type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";

function Edit(props: EditProps<EmailField>) {
  return (
    <Input
      {...described(props)}
      inputMode="email"
      autoCapitalize="off"
      spellCheck={false}
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

function Show({ value }: ShowProps<EmailField>) {
  const address = textOf(value);
  return <a href={`mailto:${encodeURIComponent(address)}`}>{address}</a>;
}

export const email: FieldParts<EmailField> = { Edit, Show };
