"""Measure and show time."""
import time

start = time.perf_counter()
time.sleep(1.5)
print(f"{time.perf_counter() - start:.2f}")
print(time.strftime("%Y-%m-%d %H:%M:%S"))
moment = time.gmtime(86400)
print(moment.tm_year, moment.tm_yday, time.strftime("%A", moment))
print(time.strptime("2024-02-29", "%Y-%m-%d").tm_yday)
try:
    time.sleep(-1)
except ValueError as error:
    print(error)
