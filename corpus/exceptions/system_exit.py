import sys


def main():
    print("checking")
    if len(sys.argv) < 5:
        print("usage: system_exit a b c d")
        sys.exit(3)
    print("not reached")


main()
