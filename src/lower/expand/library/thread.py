class NAME:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        self.threadǃ = threadingǃ_thread("", self.run)._named(name)._daemonic(daemon)

    def run(self):
        pass

    def start(self):
        self.threadǃ.start()

    def join(self, timeout=None):
        self.threadǃ.join(timeout)

    def is_alive(self):
        return self.threadǃ.is_alive()

    @property
    def name(self):
        return self.threadǃ.name

    @name.setter
    def name(self, name):
        self.threadǃ.name = str(name)

    @property
    def daemon(self):
        return self.threadǃ.daemon

    @daemon.setter
    def daemon(self, daemon):
        self.threadǃ.daemon = daemon

    @property
    def ident(self):
        return self.threadǃ.ident

    @property
    def native_id(self):
        return self.threadǃ.native_id

    def getName(self):
        return self.threadǃ.name

    def setName(self, name):
        self.threadǃ.name = name

    def isDaemon(self):
        return self.threadǃ.daemon

    def setDaemon(self, daemonic):
        self.threadǃ.daemon = daemonic
