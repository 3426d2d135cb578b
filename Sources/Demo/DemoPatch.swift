/// What a commit of the demo's history changes in one file.
///
/// The files `*.patch` have all of them below the subjects of their commits, sorted by package. They are what git
/// prints of the history:
///
/// ```sh
/// git log --reverse --date-order --no-merges --no-renames -p -U1 --format='== %s' main
/// ```
struct DemoPatch: Sendable {
    /// The path that it changes.
    let path: String
    private var hunks: [Hunk] = []

    /// Lines that replace others.
    private struct Hunk {
        /// The number of the first line that is replaced, from 0 on.
        let start: Int
        var old: [Substring] = []
        var new: [Substring] = []

        /// Adds a line of the patch; one without anything on it is an empty line of the file, which stays.
        mutating func add(_ line: Substring) {
            let content = line.dropFirst()
            if line.first != "+" { old.append(content) }
            if line.first != "-" { new.append(content) }
        }
    }

    /// The patches of all commits by their subjects.
    static let all: [String: [DemoPatch]] = [
        PackageResources.docs_patch, PackageResources.book_patch, PackageResources.feed_patch,
        PackageResources.report_patch,
    ].reduce(into: [:]) { read(String(decoding: $1.dropLast(), as: UTF8.self), into: &$0) }

    private static func read(_ text: String, into patches: inout [String: [DemoPatch]]) {
        var subject = ""
        var patch: DemoPatch?
        func end() {
            if let patch { patches[subject, default: []].append(patch) }
            patch = nil
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("== ") {
                end()
                subject = String(line.dropFirst(3))
            } else if line.hasPrefix("--- ") || line.hasPrefix("diff ") {
                end()
            } else if line.hasPrefix("+++ b/") {
                patch = DemoPatch(path: String(line.dropFirst(6)))
            } else if let start = line.prefixMatch(of: /@@ -(\d+)/).flatMap({ Int($0.1) }) {
                patch?.hunks.append(Hunk(start: max(start - 1, 0)))
            } else if let last = patch?.hunks.indices.last {
                patch?.hunks[last].add(line)
            }
        }
        end()
    }

    /// Applies the patch to a file, and returns what the file holds afterwards.
    ///
    /// - Parameter content: The file before; empty where it is new.
    func applied(to content: String) -> String {
        var lines = content.split(separator: "\n", omittingEmptySubsequences: false)
        // From the end on, since the numbers are those of the file before.
        for hunk in hunks.reversed() {
            let place = hunk.start..<hunk.start + hunk.old.count
            guard place.upperBound <= lines.count, Array(lines[place]) == hunk.old else {
                preconditionFailure("a patch of \(path) does not fit line \(hunk.start + 1)")
            }
            lines.replaceSubrange(place, with: hunk.new)
        }
        return lines.joined(separator: "\n")
    }
}
