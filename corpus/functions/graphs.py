graph = {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}
def bfs(g, start):
    seen = {start}
    queue = [start]
    order = []
    while queue:
        n = queue.pop(0)
        order.append(n)
        for m in g[n]:
            if m not in seen:
                seen.add(m)
                queue.append(m)
    return order
def dfs(g, n, seen=None):
    if seen is None:
        seen = set()
    seen.add(n)
    for m in g[n]:
        if m not in seen:
            dfs(g, m, seen)
    return seen
def paths(g, a, b, path=()):
    path = path + (a,)
    if a == b:
        return [path]
    out = []
    for n in g[a]:
        if n not in path:
            out.extend(paths(g, n, b, path))
    return out
print(bfs(graph, "a"), sorted(dfs(graph, "a")), paths(graph, "a", "d"))
import heapq
def dijkstra(w, src):
    dist = {src: 0}
    heap = [(0, src)]
    while heap:
        d, u = heapq.heappop(heap)
        if d > dist.get(u, float("inf")):
            continue
        for v, c in w.get(u, {}).items():
            nd = d + c
            if nd < dist.get(v, float("inf")):
                dist[v] = nd
                heapq.heappush(heap, (nd, v))
    return dist
print(dijkstra({"a": {"b": 4, "c": 1}, "c": {"b": 2, "d": 7}, "b": {"d": 1}}, "a"))
indeg = {n: 0 for n in graph}
for n, ms in graph.items():
    for m in ms:
        indeg[m] += 1
ready = [n for n in graph if not indeg[n]]
topo = []
while ready:
    n = ready.pop()
    topo.append(n)
    for m in graph[n]:
        indeg[m] -= 1
        if indeg[m] == 0:
            ready.append(m)
print(topo)
