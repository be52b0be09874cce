import concurrent.futures

ThreadPoolExecutor = concurrent.futures.ThreadPoolExecutor
