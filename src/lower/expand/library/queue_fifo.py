    def _init(self, maxsize):
        self._queue = collectionsǃdeque()

    def _put(self, item):
        self._queue.append(item)

    def _get(self):
        return self._queue.popleft()
