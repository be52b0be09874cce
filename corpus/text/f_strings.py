name = "Grace"
year = 1906
ratio = 2 / 3
big = 1234567.891
print(f"{name} was born in {year}.")
print(f"{name!r:>10}|{name:<8}|{name:^9}|{name:*^11}")
print(f"{ratio:.3f} {ratio:8.2f} {ratio:e} {ratio:.1%}")
print(f"{year:,} {big:,.2f} {year:08d} {year:+} {year:x} {year:#b}")
print(f"{1 == 1} {None} {[1, 2]} {'nested ' + name}")
width = 12
print(f"{name:>{width}}|{ratio:{width}.{3}f}|")
print(f"{year=} {name=!s}")
