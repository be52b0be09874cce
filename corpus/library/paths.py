"""Take paths apart and put them together."""
import os
import os.path

path = os.path.join("home", "user", "notes.tar.gz")
print(path, os.path.basename(path), os.path.dirname(path))
print(os.path.splitext(path), os.path.normpath("a/./b/../c"))
print(os.path.exists("/no/such/file"), os.getenv("NO_SUCH_VARIABLE", "unset"))
try:
    os.remove("/no/such/file")
except FileNotFoundError as error:
    print(error)
