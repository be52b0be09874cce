import concurrent.futures

ProcessPoolExecutor = concurrent.futures.ProcessPoolExecutor
