    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        heapqǃheappush(self._queue, item)

    def _get(self):
        return heapqǃheappop(self._queue)
