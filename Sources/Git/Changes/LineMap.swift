/// Where the lines of one commit are in another one.
///
/// ```swift
/// let map = LineMap(try repository.changes(from: old, to: new))
/// map.newPosition(ofFile: "queue.go", line: 120)  // ("queue.go", 127)
/// ```
///
/// Lines are counted from 1. A file that didn't change has its lines where they were; whether a line exists is not
/// checked.
public struct LineMap: Sendable {
    private let forward: [String: FileLineMap]
    private let backward: [String: FileLineMap]

    /// Makes a map of the changes from one commit to the other: all of them, with any number of context lines.
    public init(_ changes: [FileChange]) {
        let edits = changes.map(LineEdit.edits)
        forward = LineMap.files(
            zip(changes, edits).map { ($0.oldPath, $0.newPath, $0.isBinary ? nil : $1) })
        backward = LineMap.files(
            zip(changes, edits).map { ($0.newPath, $0.oldPath, $0.isBinary ? nil : $1.map(\.reversed)) })
    }

    /// Where a line of the old commit is in the new one; `nil` if it was removed or changed.
    public func newPosition(ofFile file: String, line: Int) -> (file: String, line: Int)? {
        LineMap.position(ofFile: file, line: line, forward)
    }

    /// Where a line of the new commit was in the old one; `nil` if it was added or changed. The inverse of
    /// `newPosition`, which a caller can check it by.
    public func oldPosition(ofFile file: String, line: Int) -> (file: String, line: Int)? {
        LineMap.position(ofFile: file, line: line, backward)
    }

    private static func position(
        ofFile file: String, line: Int, _ files: [String: FileLineMap]
    ) -> (file: String, line: Int)? {
        guard line > 0 else { return nil }
        guard let map = files[file] else { return (file, line) }
        guard let target = map.target, let line = map.position(of: line) else { return nil }
        return (target, line)
    }

    private static func files(
        _ pairs: [(source: String?, target: String?, edits: [LineEdit]?)]
    ) -> [String: FileLineMap] {
        var files: [String: FileLineMap] = [:]
        for pair in pairs {
            guard let source = pair.source else { continue }
            files[source] = FileLineMap(target: pair.edits == nil ? nil : pair.target, edits: pair.edits ?? [])
        }
        // What is on the other side only must not be taken for a file that didn't change.
        for pair in pairs {
            guard let target = pair.target, files[target] == nil else { continue }
            files[target] = FileLineMap(target: nil, edits: [])
        }
        return files
    }
}
