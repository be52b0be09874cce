from datetime import datetime, timedelta, date, time, timezone

d = datetime(2024, 2, 29, 12, 30, 15, 250000)
print(d, repr(d), d.year, d.month, d.day, d.hour, d.minute, d.second, d.microsecond)
print(d + timedelta(days=1, hours=2), d - timedelta(weeks=1))
print(timedelta(hours=36), repr(timedelta(days=-1, seconds=5)), timedelta(minutes=90) * 2)
print(timedelta(1), timedelta(0, 30), timedelta(milliseconds=1500).total_seconds())
print(d.date(), d.time(), d.weekday(), d.isoweekday(), d.isocalendar()[1])
print(date(2024, 3, 1) - date(2024, 2, 1), date.today())
print((date(2024, 3, 1) - date(2024, 2, 1)).days)
print(d.replace(year=2025, day=1), d.isoformat(timespec="minutes"))
u = datetime(2024, 1, 1, tzinfo=timezone.utc)
print(u, u.isoformat(), u.timestamp(), u.tzinfo)
print(datetime.now(timezone.utc).isoformat())
est = timezone(timedelta(hours=-5))
print(u.astimezone(est), est)
print(datetime.strptime("2024-05-06 07:08:09", "%Y-%m-%d %H:%M:%S"))
print(datetime.fromisoformat("2024-05-06T07:08:09.123+02:00"))
print(datetime.fromtimestamp(0, timezone.utc), datetime.fromtimestamp(86400.5))
print(d < datetime(2025, 1, 1), d == datetime(2024, 2, 29, 12, 30, 15, 250000), max(d, datetime(2023, 1, 1)))
print(sorted([date(2024, 5, 1), date(2023, 1, 1)]))
try:
    datetime(2023, 2, 29)
except ValueError as e:
    print("error:", e)
try:
    datetime.strptime("nope", "%Y")
except ValueError as e:
    print("error:", e)
try:
    print(u < d)
except TypeError as e:
    print("error:", e)
print(time(12, 30), time(1, 2, 3, 4), repr(time(5)))
deadlines = {date(2024, 1, 1): "new year", date(2024, 12, 25): "xmas"}
print(deadlines[date(2024, 12, 25)], timedelta(days=3) / timedelta(hours=12), timedelta(hours=1) // 7)
print(bool(timedelta()), d.strftime("%A %d %B %Y, week %U day %j"), f"{d:%I:%M %p}")
print([str(date(2024, 1, 1) + timedelta(days=i)) for i in range(3)])
