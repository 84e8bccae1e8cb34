import { Input } from "antd";
import type { PhoneField } from "../api/types";
import { described, type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";
import { phoneText } from "./phoneText";

function Edit(props: EditProps<PhoneField>) {
  return (
    <Input
      {...described(props)}
      type="tel"
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

function Show({ value }: ShowProps<PhoneField>) {
  const number = textOf(value);
  return (
    <a className="nowrap" href={`tel:${number}`}>
      {phoneText(number)}
    </a>
  );
}

export const phone: FieldParts<PhoneField> = { Edit, Show };
