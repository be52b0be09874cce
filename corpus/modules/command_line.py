import argparse


def main():
    parser = argparse.ArgumentParser(description="Repeat a word.")
    parser.add_argument("word")
    parser.add_argument("-n", "--times", type=int, default=2, help="how often")
    parser.add_argument("--loud", action="store_true")
    args = parser.parse_args()
    word = args.word.upper() if args.loud else args.word
    print(" ".join([word] * args.times))


main()
