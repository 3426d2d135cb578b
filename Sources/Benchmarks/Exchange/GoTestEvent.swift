/// A line of what `go test -json` prints: an event each, with the output of all packages in pieces and mixed.
///
/// Source of the format: `go doc test2json`.
public struct GoTestEvent: Decodable {
    private let action: String
    private let package, output: String?

    private enum CodingKeys: String, CodingKey {
        case action = "Action"
        case package = "Package"
        case output = "Output"
    }

    /// The logs that events are pieces of, package by package in the order in which these begin.
    public static func logs(of events: some Sequence<GoTestEvent>) -> [BenchmarkLog] {
        var order: [String] = []
        var outputs: [String: String] = [:]
        for event in events where event.action == "output" {
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
}
