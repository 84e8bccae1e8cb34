"""What can be wrong with one value of a record; each is raised by the `parse` of a field type."""

from __future__ import annotations

from engine.model.base import Label, label_template
from engine.model.values import BadValue


class NotText(BadValue):
    code = "not_text"
    zh = "应为文本"
    en = "Must be text"


class BadCharacter(BadValue):
    code = "bad_character"
    zh = "第 {position} 个字符不能保存"
    en = "Character {position} cannot be stored"


class TooLong(BadValue):
    code = "too_long"
    zh = "最多 {max} 个字符, 现有 {length} 个"
    en = "At most {max} characters, this has {length}"


class PatternMismatch(BadValue):
    """A text of another form; the author of the field may say which."""

    code = "pattern_mismatch"
    zh = "格式不符合要求"
    en = "Does not have the required form"

    def __init__(self, message: Label | None = None) -> None:
        if message is not None:
            self.zh, self.en = label_template(message, "zh-CN"), label_template(message, "en")
        super().__init__()


class NotANumber(BadValue):
    code = "not_a_number"
    zh = "应为数字"
    en = "Must be a number"


class NumberNeedsText(BadValue):
    code = "number_needs_text"
    zh = "超过 15 位有效数字的数值须以文本形式提交"
    en = "A number of more than 15 significant digits must be sent as text"


class TooManyDigits(BadValue):
    code = "too_many_digits"
    zh = "整数部分最多 {max} 位"
    en = "At most {max} digits before the decimal point"


class TooManyDecimals(BadValue):
    code = "too_many_decimals"
    zh = "最多 {max} 位小数"
    en = "At most {max} decimals"


class BelowMin(BadValue):
    code = "below_min"
    zh = "不能小于 {min}"
    en = "Must not be less than {min}"


class AboveMax(BadValue):
    code = "above_max"
    zh = "不能大于 {max}"
    en = "Must not be greater than {max}"


class NotABoolean(BadValue):
    code = "not_a_boolean"
    zh = "应为是或否 (true 或 false)"
    en = "Must be true or false"


class BadDate(BadValue):
    code = "bad_date"
    zh = "应为日期, 如 2026-01-31"
    en = "Must be a date such as 2026-01-31"


class BadInstant(BadValue):
    code = "bad_instant"
    zh = "应为带时区的日期时间, 如 2026-01-31T09:30:00Z"
    en = "Must be a date and time with its zone, such as 2026-01-31T09:30:00Z"


class BadTime(BadValue):
    code = "bad_time"
    zh = "应为一天中的时刻, 如 {example}"
    en = "Must be a time of day such as {example}"


class BadDuration(BadValue):
    code = "bad_duration"
    zh = "应为时长, 如 1:30 或 1小时30分"
    en = "Must be a length of time such as 1:30 or 1h 30m"


class BadEmail(BadValue):
    code = "bad_email"
    zh = "应为邮箱地址, 如 zhang.wei@example.com"
    en = "Must be a mail address such as zhang.wei@example.com"


class BadUrl(BadValue):
    code = "bad_url"
    zh = "应为以 http:// 或 https:// 开头的网址"
    en = "Must be an address that begins with http:// or https://"


class BadPhone(BadValue):
    code = "bad_phone"
    zh = "没有这样的电话号码"
    en = "There is no such telephone number"


class NotAMobile(BadValue):
    code = "not_a_mobile"
    zh = "应为手机号码"
    en = "Must be the number of a mobile phone"


class NestedTooDeeply(BadValue):
    code = "nested_too_deeply"
    zh = "嵌套超过 {max} 层"
    en = "Nested deeper than {max} levels"


class BadBarcode(BadValue):
    code = "bad_barcode"
    zh = "{symbology} 码不能表示这一内容, 应为 {expected}, 校验位须正确"
    en = "Not the content of a {symbology} code: {expected}, with the right check digit"


class UnknownName(BadValue):
    code = "unknown_name"
    zh = "没有找到 “{name}”"
    en = "There is no “{name}”"


class AmbiguousName(BadValue):
    """A text in a cell that several are called by; the key, account, id or path tells which is meant."""

    code = "ambiguous_name"
    zh = "“{name}” 对应 {count} 项, 请改用标识、账号或完整路径"
    en = "{count} are called “{name}”; write the key, account or whole path"


class AmbiguousTime(BadValue):
    """A time of the clock that comes twice or not at all on a day on which the clocks change."""

    code = "ambiguous_time"
    zh = "这一天时钟调整, {time} 有歧义, 请写明时区, 如 +08:00"
    en = "The clocks change on that day: write {time} with its offset, such as +08:00"


class NotInCells(BadValue):
    code = "not_in_cells"
    zh = "这类字段不能由单元格填写"
    en = "Fields of this type cannot be entered in a cell"


class BadCell(BadValue):
    code = "bad_cell"
    zh = "单元格内容无法识别"
    en = "The cell cannot be read"


class UnknownOption(BadValue):
    code = "unknown_option"
    zh = "没有选项 “{option}”"
    en = "There is no option “{option}”"


class RetiredOption(BadValue):
    """An option that may not be chosen any more."""

    code = "retired_option"
    zh = "选项 “{option}” 已停用"
    en = "The option “{option}” is retired"


class NotAList(BadValue):
    code = "not_a_list"
    zh = "应为列表"
    en = "Must be a list"


class TooManyItems(BadValue):
    code = "too_many_items"
    zh = "最多 {max} 项, 现有 {count} 项"
    en = "At most {max} items, this has {count}"


class BadId(BadValue):
    code = "bad_id"
    zh = "应为 24 位十六进制编号"
    en = "Must be an id of 24 hexadecimal characters"


class BadFile(BadValue):
    code = "bad_file"
    zh = "应为已上传的文件"
    en = "Must be an uploaded file"


class TooManyFiles(BadValue):
    code = "too_many_files"
    zh = "最多 {max} 个文件, 现有 {count} 个"
    en = "At most {max} files, this has {count}"


class FileTooLarge(BadValue):
    code = "file_too_large"
    zh = "文件 “{name}” 超过 {max} MB"
    en = "The file “{name}” is larger than {max} MB"


class FileTypeRefused(BadValue):
    code = "file_type_refused"
    zh = "不接受文件 “{name}”, 允许: {accept}"
    en = "The file “{name}” is not accepted; allowed: {accept}"


class NotParts(BadValue):
    """A value of several parts that is none."""

    code = "not_parts"
    zh = "应为由 {parts} 组成的对象"
    en = "Must be an object with {parts}"


class UnknownPart(BadValue):
    code = "unknown_part"
    zh = "没有组成部分 “{part}”, 只有 {parts}"
    en = "There is no part “{part}”; there are {parts}"


class RangeIncomplete(BadValue):
    """A first day without a last one, or the other way round."""

    code = "range_incomplete"
    zh = "开始日期和结束日期须同时填写"
    en = "Both the first and the last day are needed"


class RangeReversed(BadValue):
    code = "range_reversed"
    zh = "结束日期 {end} 早于开始日期 {start}"
    en = "The last day {end} is before the first day {start}"


class PartBelowLevel(BadValue):
    code = "part_below_level"
    zh = "此地址只填写到 “{level}”, 不能填写 “{part}”"
    en = "This address ends with “{level}”; “{part}” cannot be filled in"


class PlaceIncomplete(BadValue):
    code = "place_incomplete"
    zh = "经度和纬度须同时填写"
    en = "Both longitude and latitude are needed"


class BadRow(BadValue):
    code = "bad_row"
    zh = "应为一行数据 (对象)"
    en = "Must be a row (an object)"


class RowRepeated(BadValue):
    code = "row_repeated"
    zh = "这一行出现了两次"
    en = "This row is there twice"


class TooManyRows(BadValue):
    code = "too_many_rows"
    zh = "最多 {max} 行, 现有 {count} 行"
    en = "At most {max} rows, this has {count}"


class TooManyRowsInside(BadValue):
    """More rows in the inner subforms of a record than it may have in all."""

    code = "too_many_rows_inside"
    zh = "一条数据的内层子表单合计最多 {max} 行, 现有 {count} 行"
    en = "The inner subforms of a record have at most {max} rows in all, this has {count}"


class UnknownColumn(BadValue):
    code = "unknown_column"
    zh = "子表单没有列 “{column}”"
    en = "The subform has no column “{column}”"


class NotEntered(BadValue):
    code = "not_entered"
    zh = "关联列表的内容不能填写; 请修改关联到这里的数据"
    en = "A related list is not entered; change the records that link here"
