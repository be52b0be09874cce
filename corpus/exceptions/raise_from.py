def load(settings, key):
    try:
        return settings[key]
    except KeyError as error:
        raise RuntimeError("no setting " + key) from error


settings = {"host": "localhost"}
print(load(settings, "host"))
try:
    load(settings, "port")
except RuntimeError as e:
    print(e, "because of", repr(e.__cause__))
