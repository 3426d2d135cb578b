/// A run of the program gobenchdata, whose JSON file is a list of them, each with the version that it measured.
public struct GobenchdataRun: Decodable {
    private let version: String?
    private let suites: [Suite]

    private enum CodingKeys: String, CodingKey {
        case version = "Version"
        case suites = "Suites"
    }

    private struct Suite: Decodable {
        let goos, goarch: String?
        let package: String
        let benchmarks: [Entry]

        enum CodingKeys: String, CodingKey {
            case goos = "Goos"
            case goarch = "Goarch"
            case package = "Pkg"
            case benchmarks = "Benchmarks"
        }
    }

    private struct Entry: Decodable {
        let name: String
        let runs: Int
        let time: Double
        let memory: Memory?
        let custom: [String: Double]?

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case runs = "Runs"
            case time = "NsPerOp"
            case memory = "Mem"
            case custom = "Custom"
        }
    }

    private struct Memory: Decodable {
        let bytes, allocations, speed: Double?

        enum CodingKeys: String, CodingKey {
            case bytes = "BytesPerOp"
            case allocations = "AllocsPerOp"
            case speed = "MBPerSec"
        }
    }

    /// Every benchmark's result, with the commit of the run and the package of its suite.
    public var results: [ForeignResult] {
        suites.flatMap { suite in suite.benchmarks.map { GobenchdataRun.result($0, in: suite, commit: version) } }
    }

    private static func result(_ entry: Entry, in suite: Suite, commit: String?) -> ForeignResult {
        var values = entry.custom ?? [:]
        values[Metric.time.unit] = entry.time
        values[Metric.bytes.unit] = entry.memory?.bytes
        values[Metric.allocations.unit] = entry.memory?.allocations
        if let speed = entry.memory?.speed, speed != 0 { values["MB/s"] = speed }
        return ForeignResult(
            commit: commit.flatMap { $0.isEmpty ? nil : $0 }, package: suite.package,
            platform: [suite.goos, suite.goarch].compactMap { $0 }.joined(separator: "/"),
            result: BenchmarkResult(name: entry.name, iterations: max(1, entry.runs), values: values))
    }
}
