import type { InboxItem } from "../api/types";

/** Where a line of a box leads: the task if there is one, else the record, told that a copy is read with it. */
export function inboxAddress(item: InboxItem): string {
  if (item.task_id !== null) return `/tasks/${item.task_id}`;
  const record = `/apps/${item.app}/entities/${item.entity}/records/${item.record_id}`;
  return item.read ? record : `${record}?copied=${item.instance_id}`;
}
