import time
from typing import Any

FRIDAY: int = "calendar::FRIDAY"
MONDAY: int = "calendar::MONDAY"
SATURDAY: int = "calendar::SATURDAY"
SUNDAY: int = "calendar::SUNDAY"
THURSDAY: int = "calendar::THURSDAY"
TUESDAY: int = "calendar::TUESDAY"
WEDNESDAY: int = "calendar::WEDNESDAY"
day_abbr: list[str] = "calendar::day_abbr()"
day_name: list[str] = "calendar::day_name()"
month_abbr: list[str] = "calendar::month_abbr()"
month_name: list[str] = "calendar::month_name()"

class Day:
    @property
    @nothrow
    def value(self) -> int: ...

@nothrow
def isleap(year: int) -> bool: ...
@nothrow
def leapdays(y1: int, y2: int) -> int: ...
def month(theyear: int, themonth: int) -> str: ...
def monthcalendar(year: int, month: int) -> list[list[int]]: ...
def monthrange(year: int, month: int) -> tuple[Day, int]: ...
@nothrow
def timegm(tuple: time.struct_time) -> int: ...
@nothrow
def weekday(year: int, month: int, day: int) -> int: ...
@unsupported("calendars of whole years are not translated yet")
def calendar(theyear: int) -> str: ...
@unsupported("calendars as objects are not translated yet; the module's functions do the same")
class Calendar: ...
@unsupported("calendars as objects are not translated yet; the module's functions do the same")
class TextCalendar: ...
