import { Input } from "antd";
import type { UrlField } from "../api/types";
import { described, type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";

const WEB = /^https?:\/\//i;

function Edit(props: EditProps<UrlField>) {
  return (
    <Input
      {...described(props)}
      inputMode="url"
      autoCapitalize="off"
      spellCheck={false}
      placeholder="https://"
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

function Show({ value }: ShowProps<UrlField>) {
  const address = textOf(value);
  // whatever else it may be, it is not followed
  if (!WEB.test(address)) return <span>{address}</span>;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer">
      {address}
    </a>
  );
}

export const url: FieldParts<UrlField> = { Edit, Show };
