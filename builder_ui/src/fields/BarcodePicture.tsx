// A bar code or QR code, drawn in the page from what it says.
import { code39, code128, datamatrix, drawingSVG, ean8, ean13, itf14, pdf417, qrcode, upca } from "bwip-js/browser";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { BarcodeField } from "../api/types";

const drawings = { qr: qrcode, datamatrix, pdf417, code128, code39, ean13, ean8, upca, itf14 };
const FLAT: readonly string[] = ["code128", "code39", "ean13", "ean8", "upca", "itf14"];

interface BarcodePictureProps {
  symbology: NonNullable<BarcodeField["symbology"]>;
  content: string;
}

/** The drawing as an image; null where the content is none of that kind. */
export function drawn({ symbology, content }: BarcodePictureProps): string | null {
  const size = FLAT.includes(symbology) ? { height: 12 } : {};
  try {
    // black on white in every appearance, or no scanner reads it
    const svg = drawings[symbology](
      { bcid: symbology, text: content, scale: 2, padding: 4, backgroundcolor: "FFFFFF", ...size },
      drawingSVG(),
    );
    return `data:image/svg+xml,${encodeURIComponent(String(svg))}`;
  } catch {
    return null;
  }
}

export default function BarcodePicture({ symbology, content }: BarcodePictureProps) {
  const { t } = useTranslation();
  const source = useMemo(() => drawn({ symbology, content }), [symbology, content]);
  return source === null ? null : (
    <img src={source} alt={t("fields.codeOf", { content })} className="barcode-picture" />
  );
}
