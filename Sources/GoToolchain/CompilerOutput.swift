/// What the compiler printed, by the package that it printed it for.
struct CompilerOutput {
    /// Lines by the import path that Go heads them with; `""` for those before any heading.
    private(set) var lines: [String: [String]] = [:]

    init(_ all: [String]) {
        var package = ""
        for line in all {
            if line.hasPrefix("# ") {
                package = String(line.dropFirst(2))
            } else if let own = line.wholeMatch(of: /go build (\S+): (.*)/) {
                // Go's own words come whenever they do, also right behind what a compiler says of another package.
                lines[String(own.1), default: []].append(String(own.2))
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
