"""System calls of a toy kernel: the kernel tells each what it works on."""


class SystemCall(object):
    def handle(self):
        pass


class GetTid(SystemCall):
    def handle(self):
        self.task.sendval = self.task.tid
        self.sched.schedule(self.task)


class Task(object):
    def __init__(self, tid):
        self.tid = tid
        self.sendval = None


class Scheduler(object):
    def __init__(self):
        self.ready = []

    def schedule(self, task):
        self.ready.append(task)

    def run(self, result):
        task = self.ready.pop(0)
        if isinstance(result, SystemCall):
            result.task = task
            result.sched = self
            result.handle()


scheduler = Scheduler()
scheduler.schedule(Task(4))
scheduler.schedule(Task(5))
scheduler.run(GetTid())
scheduler.run(None)
print([(task.tid, task.sendval) for task in scheduler.ready])
