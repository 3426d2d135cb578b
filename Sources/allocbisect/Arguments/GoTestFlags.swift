/// Flags of `go test` that allocbisect has no option for.
enum GoTestFlags {
    /// Why a flag is refused, and what to write instead; nil for other words.
    static func refusal(of name: String) -> String? {
        switch name {
        case "run":
            "selects tests, but allocbisect measures benchmarks: use -bench, or --tests with -bench for tests."
        case "skip": "leaves benchmarks out: name those to measure with -bench or --only."
        case "list": "measures nothing: see what a search would take with allocbisect plan."
        case "race":
            "is written --sanitizer race, which counts data races. Other metrics are measured without the race detector, "
                + "since it changes them."
        case "msan": "is written --sanitizer memory, which counts the faults."
        case "asan": "is written --sanitizer address, which counts the faults."
        case "cover", "covermode", "coverpkg", "coverprofile":
            "would change what is measured: leave it out, and ask go test for the coverage."
        case "parallel", "shuffle", "failfast":
            "is not needed, since each benchmark runs by itself: leave it out. -cpu sets GOMAXPROCS of a run."
        case "memprofile", "memprofilerate", "outputdir":
            "is not needed: allocbisect explain keeps the profiles of both commits."
        case "blockprofile", "blockprofilerate", "mutexprofile", "mutexprofilefraction", "trace":
            "is not supported: allocbisect keeps heap, goroutine and, with --profile cpu, CPU profiles."
        case "cpuprofile": "is written --profile cpu."
        case "json": "is written --format json."
        case "fuzz", "fuzztime", "fuzzminimizetime": "is not supported: allocbisect measures benchmarks. Use -bench."
        case "asmflags", "buildmode", "ldflags", "mod", "modfile", "overlay", "pgo", "trimpath":
            "reaches builds through GOFLAGS: set GOFLAGS='-\(name)…' in the environment of allocbisect."
        case "vet": "is not needed, since nothing is vetted: leave it out."
        default: nil
        }
    }
}
