class ConfigError(Exception):
    """Bad config."""

class MissingKey(ConfigError, KeyError):
    def __init__(self, key):
        self.key = key
        super().__init__("missing " + key)

class Retry(Exception):
    def __init__(self, *args, delay=1.5):
        Exception.__init__(self, *args)
        self.delay = delay

class Http(Exception):
    def __init__(self, status, reason=None):
        super().__init__(status, reason)
        self.status = status
        self.reason = reason or "?"

    @property
    def ok(self):
        return self.status < 400

    def __repr__(self):
        return f"<Http {self.status}>"

def make(n):
    return Http(n)

for f in (1, 2):
    try:
        if f == 1:
            raise Retry("a", 2, delay=3)
        raise Retry()
    except Retry as r:
        print(r, r.args, r.delay, repr(r))
try:
    raise Http(404, "nf")
except Http as h:
    print(h, h.args, h.ok, [h], h.reason)
try:
    raise MissingKey("k")
except KeyError as e:
    print(type(e).__name__, isinstance(e, ConfigError))
except ConfigError as e:
    print("never")
try:
    raise MissingKey("q")
except MissingKey as e:
    print(e.key, e.args)
try:
    try:
        raise Http(500)
    except Http as h:
        print(h.reason, h)
        raise ConfigError("outer") from h
except ConfigError as c:
    print(repr(c.__cause__), c.__cause__ is not None, c)
err = ConfigError("kept")
print(err, isinstance(err, Exception))
errors = [ConfigError("a"), Http(3), ValueError(4)]
for e in errors:
    print(type(e).__name__, e)
def check(x):
    if x > 2:
        raise make(x)
    if x > 1:
        raise err
    return x
for i in range(1, 4):
    try:
        print(check(i))
    except (ConfigError, Http) as e:
        print("caught", repr(e))

