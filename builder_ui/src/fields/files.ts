// Files as values, and what may be added to a field.
import type { AttachmentField, Field, FileValue, ImageField, Json } from "../api/types";

const MEGABYTE = 1024 * 1024;
export const MAX_FILES = 20;
export const MAX_SIZE_MB = 20;
// those that the server accepts; it looks at the content
export const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"];

/** A field that holds files. */
export function isFileField(field: Pick<Field, "type">): boolean {
  return field.type === "attachment" || field.type === "image" || field.type === "signature";
}

function isFile(item: Json): item is { id: string; name: string; size: number; media_type: string } {
  return typeof item === "object" && item !== null && !Array.isArray(item) && typeof item["id"] === "string";
}

export function filesOf(value: Json | undefined): FileValue[] {
  return Array.isArray(value) ? value.filter(isFile) : [];
}

/** How large a file is, for people: `1.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < MEGABYTE) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

export type Refusal = "tooMany" | "tooLarge";

/** Why a file cannot be added, seen before it is sent; the server looks again. */
export function refusalOf(
  field: AttachmentField | ImageField,
  file: { size: number },
  present: number,
): Refusal | null {
  if (present >= (field.max_files ?? MAX_FILES)) return "tooMany";
  return file.size > (field.max_size_mb ?? MAX_SIZE_MB) * MEGABYTE ? "tooLarge" : null;
}
