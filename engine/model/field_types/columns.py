"""The field types that a column of a subform may have."""

from __future__ import annotations

from typing import TypeAlias

from engine.model.field_types.address import AddressField
from engine.model.field_types.attachment import AttachmentField
from engine.model.field_types.barcode import BarcodeField
from engine.model.field_types.boolean import BooleanField
from engine.model.field_types.date import DateField
from engine.model.field_types.date_range import DateRangeField
from engine.model.field_types.datetime import DateTimeField
from engine.model.field_types.department import DepartmentField
from engine.model.field_types.duration import DurationField
from engine.model.field_types.email import EmailField
from engine.model.field_types.image import ImageField
from engine.model.field_types.link import LinkField
from engine.model.field_types.location import LocationField
from engine.model.field_types.long_text import LongTextField
from engine.model.field_types.lookup import LookupField
from engine.model.field_types.member import MemberField
from engine.model.field_types.multi_select import MultiSelectField
from engine.model.field_types.number import NumberField
from engine.model.field_types.phone import PhoneField
from engine.model.field_types.progress import ProgressField
from engine.model.field_types.rating import RatingField
from engine.model.field_types.rich_text import RichTextField
from engine.model.field_types.select import SelectField
from engine.model.field_types.signature import SignatureField
from engine.model.field_types.text import TextField
from engine.model.field_types.time import TimeField
from engine.model.field_types.url import UrlField

Column: TypeAlias = (
    TextField
    | LongTextField
    | RichTextField
    | NumberField
    | BooleanField
    | DateField
    | DateTimeField
    | TimeField
    | DurationField
    | EmailField
    | UrlField
    | PhoneField
    | BarcodeField
    | RatingField
    | ProgressField
    | SelectField
    | MultiSelectField
    | MemberField
    | DepartmentField
    | LinkField
    | LookupField
    | AttachmentField
    | ImageField
    | SignatureField
    | DateRangeField
    | AddressField
    | LocationField
)
