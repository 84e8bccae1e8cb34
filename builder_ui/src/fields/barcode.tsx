import { Input } from "antd";
import { lazy, Suspense } from "react";
import type { BarcodeField } from "../api/types";
import { described, type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";

// drawing needs the rules of every kind of code, which few pages do
const BarcodePicture = lazy(() => import("./BarcodePicture"));

function Edit(props: EditProps<BarcodeField>) {
  return (
    <Input
      {...described(props)}
      spellCheck={false}
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

function Show({ field, value }: ShowProps<BarcodeField>) {
  const content = textOf(value);
  return (
    <span className="barcode">
      <Suspense fallback={null}>
        <BarcodePicture symbology={field.symbology ?? "qr"} content={content} />
      </Suspense>
      <span>{content}</span>
    </span>
  );
}

export const barcode: FieldParts<BarcodeField> = { Edit, Show };
