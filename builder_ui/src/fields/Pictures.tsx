// Files as pictures: small beside each other, one of them large when it is chosen.
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fileAddress } from "../api/client";
import type { FileValue } from "../api/types";
import { DeleteOutlined, DownloadOutlined } from "../ui/icons";

interface PicturesProps {
  files: readonly FileValue[];
  onRemove?: (id: string) => void;
}

export function Pictures({ files, onRemove }: PicturesProps) {
  const { t } = useTranslation();
  const [large, setLarge] = useState<FileValue | null>(null);
  if (files.length === 0) return null;
  return (
    <>
      <ul className="pictures">
        {files.map((file) => (
          <li key={file.id}>
            <button
              type="button"
              className="picture"
              aria-label={t("fields.enlarge", { name: file.name })}
              onClick={(event) => {
                // the row or card around it leads elsewhere
                event.stopPropagation();
                setLarge(file);
              }}
            >
              <img src={fileAddress(file.id)} alt={file.name} loading="lazy" />
            </button>
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
      <Modal
        open={large !== null}
        title={large?.name}
        footer={null}
        width="min(960px, 100vw)"
        destroyOnHidden
        onCancel={() => setLarge(null)}
      >
        {large !== null && (
          <div className="picture-large">
            <img src={fileAddress(large.id)} alt={large.name} />
            <a href={fileAddress(large.id)} download={large.name}>
              <DownloadOutlined /> {t("fields.download", { name: large.name })}
            </a>
          </div>
        )}
      </Modal>
    </>
  );
}

const MOST_SHOWN = 3;

/** Pictures in a narrow place that leads elsewhere. */
export function Thumbnails({ files }: { files: readonly FileValue[] }) {
  const more = files.length - MOST_SHOWN;
  return (
    <span className="thumbnails">
      {files.slice(0, MOST_SHOWN).map((file) => (
        <img key={file.id} src={fileAddress(file.id)} alt={file.name} loading="lazy" />
      ))}
      {more > 0 && <span className="quiet">+{more}</span>}
    </span>
  );
}
