import { DatePicker } from "antd";
import type { Dayjs } from "dayjs";

interface DaysPickerProps {
  label: string;
  format: string;
  placeholder: string;
  // given by the form around it
  id?: string;
  value?: Dayjs[] | null;
  onChange?: (days: Dayjs[] | null) => void;
}

/** Several days. The picker hides its input and passes it no name: the group around it says what it is. */
export function DaysPicker({ label, id, ...props }: DaysPickerProps) {
  return (
    <fieldset className="plain-group" aria-label={label} id={id}>
      <DatePicker {...props} multiple className="wide" />
    </fieldset>
  );
}
