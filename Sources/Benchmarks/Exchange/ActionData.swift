/// The data of the GitHub action benchmark-action, as the script data.js or as plain JSON, in which a Go benchmark is one
/// entry for each unit.
public struct ActionData: Decodable {
    private let entries: [String: [Run]]

    private struct Run: Decodable {
        let commit: Commit
        let tool: String?
        let benches: [Bench]
    }

    private struct Commit: Decodable { let id: String }

    private struct Bench: Decodable {
        let name: String
        let value: Double
        let unit: String
        let extra: String?

        /// The unit alone: older versions put all that followed the first unit into it, as in `B/op\t1 allocs/op`.
        var plainUnit: String? { unit.split(whereSeparator: \.isWhitespace).first.map(String.init) }

        /// Whether it is there for programs that expect what older versions wrote, and comes again by its unit.
        func isRepeated(among names: Set<String>) -> Bool {
            guard let plainUnit, plainUnit != unit else { return false }
            let end = name.firstRange(of: " (")?.lowerBound ?? name.endIndex
            return names.contains("\(name[..<end]) - \(plainUnit)\(name[end...])")
        }
    }

    /// What the script begins with.
    public static let prefix = "window.BENCHMARK_DATA"

    /// The JSON in a file's text, one object that a script may assign; nil when there is none.
    public static func object(in text: String) -> Substring? {
        guard let start = text.firstIndex(of: "{"), let end = text.lastIndex(of: "}"), start < end else { return nil }
        return text[start...end]
    }

    /// The results of Go benchmarks.
    public var results: [ForeignResult] {
        entries.sorted { $0.key < $1.key }.flatMap(\.value).filter { $0.tool == "go" || $0.tool == nil }
            .flatMap { run in
                let names = Set(run.benches.map(\.name))
                return run.benches.filter { !$0.isRepeated(among: names) }.compactMap {
                    ActionData.result($0, commit: run.commit.id)
                }
            }
    }

    /// The action writes `BenchmarkX`, `BenchmarkX - B/op`, and after either ` (import/path)` when it saw several packages.
    private static func result(_ bench: Bench, commit: String) -> ForeignResult? {
        var name = bench.name[...]
        var package = ""
        if name.hasSuffix(")"), let open = name.ranges(of: " (").last {
            package = String(name[open.upperBound...].dropLast())
            name = name[..<open.lowerBound]
        }
        if let dash = name.firstRange(of: " - ") { name = name[..<dash.lowerBound] }
        let iterations = (bench.extra ?? "").prefix { $0.isNumber }
        guard let unit = bench.plainUnit, bench.value.isFinite else { return nil }
        return ForeignResult(
            commit: commit, package: package, platform: "",
            result: BenchmarkResult(
                name: String(name), iterations: max(1, Int(iterations) ?? 1), values: [unit: bench.value]))
    }
}
