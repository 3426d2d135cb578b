import Benchmarks
import Measuring

import struct Foundation.Data
import class Foundation.JSONDecoder

/// What `go test -json` prints: an event a line, with the output of all packages in pieces and mixed.
///
/// Source of the format: `go doc test2json`.
enum GoTestEvents {
    private struct Event: Decodable {
        let action: String
        let package, output: String?

        enum CodingKeys: String, CodingKey {
            case action = "Action"
            case package = "Package"
            case output = "Output"
        }
    }

    /// Whether a text has a line that is an event. Others may come before, such as what go downloads.
    static func recognizes(_ text: Substring) -> Bool {
        lines(of: text).lazy.filter { $0.hasPrefix("{") }.prefix(1).contains { event($0) != nil }
    }

    /// Reads the results, package by package in the order in which these begin.
    static func log(in text: Substring) -> [BenchmarkLog] {
        var order: [String] = []
        var outputs: [String: String] = [:]
        for event in lines(of: text).lazy.compactMap(event) where event.action == "output" {
            let package = event.package ?? ""
            if outputs[package] == nil {
                order.append(package)
                // What follows belongs to it, also where the line that says so is missing.
                outputs[package] = package.isEmpty ? "" : "pkg: \(package)\n"
            }
            outputs[package]? += event.output ?? ""
        }
        return order.map { BenchmarkLog(outputs[$0] ?? "") }
    }

    private static func lines(of text: Substring) -> [Substring] {
        text.utf8.split(separator: UInt8(ascii: "\n")).map(Substring.init)
    }

    private static func event(_ line: Substring) -> Event? {
        try? JSONDecoder().decode(Event.self, from: Data(line.utf8))
    }
}
