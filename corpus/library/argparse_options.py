"""Read options from the command line."""
import argparse

parser = argparse.ArgumentParser(description="Copy some files.")
parser.add_argument("source", help="what to copy")
parser.add_argument("targets", nargs="+", help="where to")
parser.add_argument("-n", "--times", type=int, default=1, help="how often (default: %(default)s)")
parser.add_argument("-s", "--speed", type=float, default=1.5)
parser.add_argument("-v", "--verbose", action="store_true")
parser.add_argument("--mode", choices=["fast", "safe"], default="safe")
parser.add_argument("--label")
args = parser.parse_args()

for _ in range(args.times):
    for target in args.targets:
        print(f"{args.source} -> {target} ({args.mode}, {args.speed:.1f})")
if args.verbose:
    print("label:", args.label if args.label is not None else "none")
