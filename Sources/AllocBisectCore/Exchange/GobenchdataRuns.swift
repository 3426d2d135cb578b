import Benchmarks

import struct Foundation.Data
import class Foundation.JSONDecoder

/// The JSON file of the program gobenchdata: a list of runs, each with the version that it measured.
enum GobenchdataRuns {
    private struct Run: Decodable {
        let Version: String?
        let Suites: [Suite]
    }

    private struct Suite: Decodable {
        let Goos, Goarch: String?
        let Pkg: String
        let Benchmarks: [Entry]
    }

    private struct Entry: Decodable {
        let Name: String
        let Runs: Int
        let NsPerOp: Double
        let Mem: Memory?
        let Custom: [String: Double]?
    }

    private struct Memory: Decodable {
        let BytesPerOp, AllocsPerOp: Double?
        let MBPerSec: Double?
    }

    /// Reads the file's text.
    static func results(in text: String) throws -> [ForeignResult] {
        try JSONDecoder().decode([Run].self, from: Data(text.utf8)).flatMap { run in
            run.Suites.flatMap { suite in
                suite.Benchmarks.map { entry in
                    var values = entry.Custom ?? [:]
                    values[Metric.time.unit] = entry.NsPerOp
                    values[Metric.bytes.unit] = entry.Mem?.BytesPerOp
                    values[Metric.allocations.unit] = entry.Mem?.AllocsPerOp
                    if let speed = entry.Mem?.MBPerSec, speed != 0 { values["MB/s"] = speed }
                    return ForeignResult(
                        commit: run.Version.flatMap { $0.isEmpty ? nil : $0 }, package: suite.Pkg,
                        platform: [suite.Goos, suite.Goarch].compactMap { $0 }.joined(separator: "/"),
                        result: BenchmarkResult(name: entry.Name, iterations: max(1, entry.Runs), values: values))
                }
            }
        }
    }
}
