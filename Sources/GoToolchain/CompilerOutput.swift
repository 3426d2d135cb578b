/// What the compiler printed, by the package that it printed it for.
struct CompilerOutput {
    /// Lines by the import path that Go heads them with; `""` for those before any heading.
    private(set) var lines: [String: [String]] = [:]

    init(_ all: [String]) {
        var package = ""
        for line in all {
            if line.hasPrefix("# ") {
                package = String(line.dropFirst(2))
            } else {
                lines[package, default: []].append(line)
            }
        }
    }

    /// What it printed for packages that satisfy a condition, as one text.
    func text(_ isIncluded: (String) -> Bool) -> String {
        lines.filter { isIncluded($0.key) }.sorted { $0.key < $1.key }
            .map { ($0.key.isEmpty ? [] : ["# " + $0.key]) + $0.value }
            .joined().joined(separator: "\n")
    }
}
