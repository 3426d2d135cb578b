import Benchmarks

import struct Foundation.Data
import class Foundation.JSONDecoder

/// The JSON file of the program gobenchdata: a list of runs, each with the version that it measured.
enum GobenchdataRuns {
    private struct Run: Decodable {
        let version: String?
        let suites: [Suite]

        enum CodingKeys: String, CodingKey {
            case version = "Version"
            case suites = "Suites"
        }
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

    /// Reads the file's text.
    static func results(in text: String) throws -> [ForeignResult] {
        try JSONDecoder().decode([Run].self, from: Data(text.utf8)).flatMap { run in
            run.suites.flatMap { suite in
                suite.benchmarks.map { result($0, in: suite, commit: run.version) }
            }
        }
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
