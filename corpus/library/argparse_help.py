"""Show the help text."""
import argparse

parser = argparse.ArgumentParser(prog="count", description="Count to a number.", epilog="That is all.")
parser.add_argument("number", type=int, help="the last number")
parser.add_argument("-b", "--begin", type=int, default=1, metavar="N", help="the first number (default: %(default)s)")
args = parser.parse_args()
print(list(range(args.begin, args.number + 1)))
