/// The profiles that the probe wrote at the end of one benchmark.
public struct ProbeProfiles: Sendable, Hashable {
    /// The folder that was given to the run.
    public let folder: String
    /// Its place among the benchmarks of the run, from 1 on.
    public let number: Int

    /// What can be written.
    public enum Kind: String, Sendable, CaseIterable {
        /// What was allocated since the benchmark before, and what of that is still in use.
        case heap = "heap.pb.gz"
        /// The goroutines, where the benchmark left some behind or they were asked for.
        case goroutines = "goroutine.pb.gz"
        /// The goroutines that can never run again, where the toolchain looks for them.
        case leakedGoroutines = "goroutineleak.pb.gz"
        /// The goroutines as text, with what they wait for.
        case dump = "goroutine.txt"
        /// The objects of the heap with what they point to, where it was asked for (`HeapDump`).
        case heapDump = "heap.dump"
    }

    /// The profiles of the benchmark at that place in a run.
    public init(folder: String, number: Int) {
        self.folder = folder
        self.number = number
    }

    /// Where a profile lies.
    public func path(_ kind: Kind) -> String { "\(folder)/\(number).\(kind.rawValue)" }

    /// A profile's bytes; nil when it was not written.
    public func contents(_ kind: Kind) -> [UInt8]? {
        Scratch.contents(path(kind)).map { [UInt8]($0) }
    }
}
