import type { ImageField } from "../api/types";
import type { EditProps, FieldParts, ShowProps } from "./contract";
import { filesOf, PICTURES } from "./files";
import { Picking } from "./Picking";
import { Pictures } from "./Pictures";

function Edit(props: EditProps<ImageField>) {
  const { value, onChange } = props;
  const files = filesOf(value);
  return (
    <Picking {...props} accept={PICTURES}>
      <Pictures
        files={files}
        onRemove={(gone) => onChange(files.filter((file) => file.id !== gone).map((file) => ({ ...file })))}
      />
    </Picking>
  );
}

function Show({ value }: ShowProps<ImageField>) {
  return <Pictures files={filesOf(value)} />;
}

export const image: FieldParts<ImageField> = { Edit, Show };
