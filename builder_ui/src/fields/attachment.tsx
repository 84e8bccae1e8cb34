import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { fileAddress } from "../api/client";
import type { AttachmentField, FileValue } from "../api/types";
import { DeleteOutlined, PaperClipOutlined } from "../ui/icons";
import type { EditProps, FieldParts, ShowProps } from "./contract";
import { filesOf, sizeText } from "./files";
import { Picking } from "./Picking";

function Edit(props: EditProps<AttachmentField>) {
  const { field, value, onChange } = props;
  const files = filesOf(value);
  return (
    <Picking {...props} accept={field.accept ?? []}>
      <FileList
        files={files}
        onRemove={(gone) => onChange(files.filter((file) => file.id !== gone).map((file) => ({ ...file })))}
      />
    </Picking>
  );
}

function FileList({ files, onRemove }: { files: FileValue[]; onRemove?: (id: string) => void }) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  return (
    <ul className="file-list">
      {files.map((file) => (
        <li key={file.id} className="file-line row">
          <a href={fileAddress(file.id)} download={file.name} aria-label={t("fields.download", { name: file.name })}>
            <PaperClipOutlined /> {file.name}
          </a>
          <span className="quiet nowrap">{sizeText(file.size)}</span>
          {onRemove && (
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t("fields.removeFile", { name: file.name })}
              onClick={() => onRemove(file.id)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function Show({ value }: ShowProps<AttachmentField>) {
  return <FileList files={filesOf(value)} />;
}

export const attachment: FieldParts<AttachmentField> = { Edit, Show };
