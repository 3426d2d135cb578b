window.BENCHMARK_DATA = {"lastUpdate": 1, "entries": {"Go": [{"commit": {"id": "1234123412341234123412341234123412341234"}, "tool": "go", "date": 1, "benches": [
{"name": "BenchmarkWork - allocs/op", "value": 2, "unit": "allocs/op", "extra": "100 times\n8 procs"},
{"name": "BenchmarkWork", "value": 9.5, "unit": "ns/op", "extra": "100 times"}]}]}}
