import asyncio, calendar, time
async def main():
    print(calendar.isleap(2024), calendar.monthrange(2024, 2), calendar.month_name[1], calendar.day_name[0], calendar.month_abbr[12], list(calendar.day_abbr), calendar.monthcalendar(2024, 2)[0], calendar.timegm(time.gmtime(100)), calendar.weekday(2024, 5, 1), calendar.leapdays(2000, 2024), calendar.MONDAY)
    print(calendar.month(2024, 2)); print(calendar.month(2023, 5))
    for week in calendar.monthcalendar(2023, 10): print(week)
    try:
        calendar.monthrange(2024, 13)
    except ValueError as e:
        print(e)
asyncio.run(main())
