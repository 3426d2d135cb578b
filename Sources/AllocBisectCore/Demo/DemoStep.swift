import Benchmarks

/// One commit of the demo's history, as data.
struct DemoStep: Sendable {
    let author: DemoAuthor
    /// The branch that it is made on. A branch other than main starts where main stands at its first step.
    var branch = "main"
    /// The branch that it merges; nil for an ordinary commit.
    var merging: String?
    let message: String
    var changes: [DemoChange] = []
    /// What it makes worse on purpose.
    var fault: DemoFault?

    /// An ordinary commit.
    static func commit(
        _ author: DemoAuthor, _ message: String, _ changes: [DemoChange], on branch: String = "main"
    ) -> DemoStep {
        DemoStep(author: author, branch: branch, message: message, changes: changes)
    }

    /// A commit that makes something worse, in good faith.
    static func fault(
        _ author: DemoAuthor, _ message: String, _ changes: [DemoChange], on branch: String = "main", _ fault: DemoFault
    ) -> DemoStep {
        DemoStep(author: author, branch: branch, message: message, changes: changes, fault: fault)
    }

    /// A merge into main.
    static func merge(_ author: DemoAuthor, _ branch: String) -> DemoStep {
        DemoStep(author: author, merging: branch, message: "Merge branch '\(branch)'")
    }
}

/// A change of one file.
enum DemoChange: Sendable {
    /// The file has this content from now on.
    case write(String, String)
    /// The one place that says `old` says `new` from now on.
    case replace(String, old: String, new: String)
    /// This comes at the end of the file, after an empty line.
    case append(String, String)

    /// The path that it changes.
    var path: String {
        switch self {
        case .write(let path, _), .replace(let path, _, _), .append(let path, _): path
        }
    }

    /// Changes the files. A change that doesn't fit them is a mistake in the history.
    func apply(to files: inout [String: String]) {
        switch self {
        case .write(let path, let text):
            files[path] = formatted(text) + "\n"
        case .append(let path, let text):
            guard let present = files[path] else { preconditionFailure("no file \(path)") }
            files[path] = present + "\n" + formatted(text) + "\n"
        case .replace(let path, let old, let new):
            guard let present = files[path], present.ranges(of: formatted(old)).count == 1 else {
                preconditionFailure("not exactly one place in \(path) says: \(old)")
            }
            files[path] = present.replacing(formatted(old), with: formatted(new))
        }
    }

    /// Go files are indented by tabs; here they are written with four spaces, which look the same everywhere.
    private func formatted(_ text: String) -> String {
        guard path.hasSuffix(".go") else { return text }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let depth = line.prefix { $0 == " " }.count / 4
            return String(repeating: "\t", count: depth) + line.dropFirst(depth * 4)
        }
        return lines.joined(separator: "\n")
    }
}

/// A fault that the history is seeded with.
struct DemoFault: Sendable {
    let metric: Metric
    let package: String
    let benchmark: String
    let cause: String
}
