import Benchmarks
import Testing

/// A small history with one seeded cause of growth.
///
/// The line that the growth belongs to carries the comment `// seeded`. Where its code is the same in both versions, so
/// is the comment: a comparison of the texts does not lead there.
struct Scenario: Sendable, CustomTestStringConvertible {
    let name: String
    /// The files of the good commit.
    let before: [String: String]
    /// What the culprit changes; nil removes a file.
    let after: [String: String?]
    /// The full name of the benchmark.
    let benchmark: String
    /// The metric that grows.
    let metric: Metric
    /// What the cause is: `code`, `benchmark`, `dependency`, `toolchain` or `testdata`.
    let kind: String
    /// The minor version of the oldest Go that shows the growth.
    let minimumGo: Int
    /// Whether a variable of the module holds what stays, and not the runtime.
    let isHeld: Bool
    /// What the first piece of advice says, which the good commit follows; nil for none.
    let advice: String?

    /// A history written as one text for both versions of each file.
    ///
    /// A line that begins with `-` is in the good commit only, and one that begins with `+` in the culprit only. A
    /// version without any line is a file that is not there.
    init(
        _ name: String, _ metric: Metric, kind: String = "code", benchmark: String = "BenchmarkWork",
        minimumGo: Int = 19, advice: String? = nil, isHeld: Bool = true, _ files: [String: String]
    ) {
        self.name = name
        self.metric = metric
        self.kind = kind
        self.benchmark = benchmark
        self.minimumGo = minimumGo
        (self.advice, self.isHeld) = (advice, isHeld)
        before = files.compactMapValues { Scenario.version("-", of: $0) }
        var after: [String: String?] = [:]
        for (path, text) in files {
            let version = Scenario.version("+", of: text)
            if version != before[path] { after.updateValue(version, forKey: path) }
        }
        self.after = after
    }

    var testDescription: String { name }

    /// The file and the 1-based line that the growth belongs to, at the culprit.
    var seeded: (file: String, line: Int) {
        let culprit = before.merging(after.mapValues { $0 ?? "" }) { $1 }
        let places = culprit.flatMap { path, text in
            text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
                .filter { $0.element.hasSuffix("// seeded") }
                .map { (file: path, line: $0.offset + 1) }
        }
        precondition(places.count == 1, "\(name) has \(places.count) seeded lines")
        return places[0]
    }

    /// A benchmark that makes a buffer of its own, which never grows, and calls a statement with `i`.
    static func test(
        calling statement: String, declaring variables: String = "var scratch []byte", importing package: String? = nil
    ) -> String {
        """
        package m

        \(package.map { "import (\n\t\"\($0)\"\n\t\"testing\"\n)" } ?? "import \"testing\"")

        \(variables)

        func BenchmarkWork(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tscratch = make([]byte, 48)
        \t\t\(statement)
        \t}
        }
        """
    }

    private static func version(_ mark: Character, of text: String) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line -> Substring? in
            switch line.first {
            case mark: line.dropFirst()
            case "-", "+": nil
            default: line
            }
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n") + "\n"
    }
}
