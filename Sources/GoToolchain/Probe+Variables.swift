extension Probe {
    /// The environment variable that has the mark of a run: a number that only `testing` gets to know.
    static let markVariable = "ALLOCBISECT_MARK"
    /// The environment variable that asks for the names of the benchmarks instead of running any.
    static let listVariable = "ALLOCBISECT_LIST"
    /// The environment variable that names the folder for profiles.
    static let profilesVariable = "ALLOCBISECT_PROFILES"
    /// The environment variable that names the benchmarks to be profiled, one a line; all of them without it.
    static let profiledVariable = "ALLOCBISECT_PROFILED"
    /// The environment variable that asks for goroutine profiles of benchmarks that leave no goroutines behind as well.
    static let goroutinesVariable = "ALLOCBISECT_GOROUTINES"
    /// The environment variable that asks for heap dumps among the profiles.
    static let heapDumpVariable = "ALLOCBISECT_HEAP_DUMP"
    /// The environment variable that says how many allocations an iteration makes beyond its own.
    static let injectionVariable = "ALLOCBISECT_INJECT"
}
