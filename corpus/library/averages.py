import asyncio, statistics, random
from statistics import mean, median, stdev
async def sample(n):
    await asyncio.sleep(0)
    return n * n % 7
async def main():
    xs = [1, 2, 3, 4]
    print(mean(xs), median(xs), stdev(xs), statistics.pstdev(xs), statistics.mode([1, 1, 2]), statistics.fmean(xs), statistics.variance(xs), statistics.pvariance(xs), statistics.quantiles(xs, n=4), statistics.mean([1, 3]), median([1.5, 2.5, 9]), median([3, 1, 2]))
    data = await asyncio.gather(*(sample(i) for i in range(10)))
    print(data, f"{mean(data):.2f}", statistics.median_low(data), statistics.median_high(data), statistics.multimode("aabbc"), statistics.mode(["x", "y", "x"]))
    random.seed(1); fs = [random.gauss(10, 2) for _ in range(50)]
    print(mean(fs), stdev(fs), statistics.quantiles(fs, n=10, method="inclusive")[:3], statistics.harmonic_mean([40, 60]), statistics.geometric_mean([54, 24, 36]), statistics.fmean(fs), statistics.variance(fs), median(fs))
    print(statistics.mean(x / 10 for x in range(5)), round(statistics.mean([0.1, 0.2, 0.3]), 3), statistics.mean([0.1] * 3), statistics.harmonic_mean([2.5, 3.5]))
    for f in (lambda: mean([]), lambda: stdev([1]), lambda: median([]), lambda: statistics.mode([])):
        try:
            f()
        except statistics.StatisticsError as e:
            print("error:", e)
asyncio.run(main())
