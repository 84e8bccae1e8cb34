// All texts, both languages. A group of texts is one file; tests/locales.test.ts holds the two sides together.

import enAudit from "../locales/en/audit.json";
import enCalendars from "../locales/en/calendars.json";
import enCommon from "../locales/en/common.json";
import enFields from "../locales/en/fields.json";
import enFlow from "../locales/en/flow.json";
import enForm from "../locales/en/form.json";
import enFormulas from "../locales/en/formulas.json";
import enGrid from "../locales/en/grid.json";
import enHome from "../locales/en/home.json";
import enInbox from "../locales/en/inbox.json";
import enKeys from "../locales/en/keys.json";
import enPeople from "../locales/en/people.json";
import enRecord from "../locales/en/record.json";
import enSession from "../locales/en/session.json";
import enSettings from "../locales/en/settings.json";
import enShell from "../locales/en/shell.json";
import enTask from "../locales/en/task.json";
import audit from "../locales/zh-CN/audit.json";
import calendars from "../locales/zh-CN/calendars.json";
import common from "../locales/zh-CN/common.json";
import fields from "../locales/zh-CN/fields.json";
import flow from "../locales/zh-CN/flow.json";
import form from "../locales/zh-CN/form.json";
import formulas from "../locales/zh-CN/formulas.json";
import grid from "../locales/zh-CN/grid.json";
import home from "../locales/zh-CN/home.json";
import inbox from "../locales/zh-CN/inbox.json";
import keys from "../locales/zh-CN/keys.json";
import people from "../locales/zh-CN/people.json";
import record from "../locales/zh-CN/record.json";
import session from "../locales/zh-CN/session.json";
import settings from "../locales/zh-CN/settings.json";
import shell from "../locales/zh-CN/shell.json";
import task from "../locales/zh-CN/task.json";

export const chinese = {
  audit,
  calendars,
  common,
  fields,
  flow,
  form,
  formulas,
  grid,
  home,
  inbox,
  keys,
  people,
  record,
  session,
  settings,
  shell,
  task,
};
export const english = {
  audit: enAudit,
  calendars: enCalendars,
  common: enCommon,
  fields: enFields,
  flow: enFlow,
  form: enForm,
  formulas: enFormulas,
  grid: enGrid,
  home: enHome,
  inbox: enInbox,
  keys: enKeys,
  people: enPeople,
  record: enRecord,
  session: enSession,
  settings: enSettings,
  shell: enShell,
  task: enTask,
};
