import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { DateTimeField } from "../api/types";
import { useSession } from "../app/session";
import { instantAt, instantText, wallTime } from "../i18n/times";
import { described, type EditProps, type FieldParts, type ShowProps, textOf } from "./contract";
import { WallClockPicker } from "./wallClock";

const WALL = "YYYY-MM-DDTHH:mm:ss";

function Edit(props: EditProps<DateTimeField>) {
  const { t } = useTranslation();
  const { zone } = useSession().workspace;
  const instant = textOf(props.value);
  return (
    <WallClockPicker
      {...described(props)}
      className="wide"
      showTime={{ format: "HH:mm" }}
      // "now" would be that of the browser's zone, the field is in that of the workspace
      showNow={false}
      format="YYYY-MM-DD HH:mm"
      placeholder={t("fields.pickInstant")}
      value={instant === "" ? null : dayjs.utc(wallTime(instant, zone), WALL)}
      onChange={(next) => props.onChange(next === null ? null : instantAt(next.format(WALL), zone))}
    />
  );
}

function Show({ value }: ShowProps<DateTimeField>) {
  const { zone } = useSession().workspace;
  const instant = textOf(value);
  return (
    <time dateTime={instant} className="nowrap">
      {instant === "" ? "" : instantText(instant, zone)}
    </time>
  );
}

export const datetime: FieldParts<DateTimeField> = { Edit, Show };
