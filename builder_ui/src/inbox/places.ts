import type { InboxItem } from "../api/types";

/** Where a line of a box leads: the task while there is one, else the record. */
export function inboxAddress(item: InboxItem): string {
  if (item.task_id !== null) return `/tasks/${item.task_id}`;
  return `/apps/${item.app}/entities/${item.entity}/records/${item.record_id}`;
}
