"""End with status 2 when an argument is wrong."""
import argparse

parser = argparse.ArgumentParser(prog="count")
parser.add_argument("number", type=int)
args = parser.parse_args()
print("never", args.number)
