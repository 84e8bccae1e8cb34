// A picker over the clock on the wall: days and times without a zone, so that no zone's missing hour shifts them.
import generateConfig from "@rc-component/picker/es/generate/dayjs";
import { DatePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";

const config: typeof generateConfig = {
  ...generateConfig,
  getNow: () => dayjs.utc(dayjs().tz().format("YYYY-MM-DDTHH:mm:ss")),
  getFixedDate: (text) => dayjs.utc(text),
  locale: {
    ...generateConfig.locale,
    parse: (_locale, text, formats) =>
      formats.map((format) => dayjs.utc(text, format, true)).find((parsed) => parsed.isValid()) ?? null,
  },
};

export const WallClockPicker = DatePicker.generatePicker<Dayjs>(config);
