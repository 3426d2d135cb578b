import CGit2

/// A change of files as `git diff` or `diff -u` writes it, which can be made to the files of any commit.
public struct Patch: Sendable {
    /// What it is called in messages, such as the file's name.
    public let name: String
    /// The text, with paths from the repository's root.
    public let text: [UInt8]

    /// What it changes, file by file.
    let files: [FilePatch]

    /// Reads a patch in the form that `git diff` writes, or `diff -u`.
    ///
    /// - Throws: `GitError` with the code `patch` when it is not a patch, or changes a file that is not text.
    public init(name: String, text: [UInt8]) throws(GitError) {
        GitLibrary.start()
        (self.name, self.text) = (name, text)
        files = try FilePatch.read(text.withGitHeaders, named: name)
    }
}

/// The change of one file in a patch.
///
/// libgit2 reads patches, but applies them at the very lines they name only; commits between those that need a patch have
/// added lines above it.
struct FilePatch {
    /// The file before and after; `nil` where there is none.
    let old: FileDelta.Side?
    let new: FileDelta.Side?
    private let hunks: [Hunk]

    /// Some lines in a row, with their line breaks, and what takes their place.
    private struct Hunk {
        /// Where the old ones begin, and the new ones, as indices.
        var start: (old: Int, new: Int)
        var old: [ArraySlice<UInt8>] = []
        var new: [ArraySlice<UInt8>] = []

        var reversed: Hunk { Hunk(start: (start.new, start.old), old: new, new: old) }

        /// The same with at most this many unchanged lines on either side.
        func trimmed(to context: Int) -> Hunk {
            let shorter = min(old.count, new.count)
            let head = (0..<shorter).prefix { old[$0] == new[$0] }.count
            let tail = (0..<shorter - head).prefix { old[old.count - 1 - $0] == new[new.count - 1 - $0] }.count
            let (first, last) = (max(0, head - context), max(0, tail - context))
            return Hunk(
                start: (start.old + first, start.new + first), old: Array(old[first..<old.count - last]),
                new: Array(new[first..<new.count - last]))
        }
    }

    /// The same change, taken back.
    var reversed: FilePatch { FilePatch(old: new, new: old, hunks: hunks.map(\.reversed)) }

    private init(old: FileDelta.Side?, new: FileDelta.Side?, hunks: [Hunk]) {
        (self.old, self.new, self.hunks) = (old, new, hunks)
    }

    /// Makes the change to a file's content.
    ///
    /// Each hunk is made where its old lines are, as near as can be to where they are said to be, and behind the hunk
    /// before it.
    ///
    /// - Parameter ignoresContext: Whether the lines around a change may be others, where the rest is at one place only.
    /// - Returns: `nil` where the old lines are nowhere.
    func applied(to content: [UInt8], ignoresContext: Bool) -> [UInt8]? {
        let lines = content.linesWithBreaks
        var result: [ArraySlice<UInt8>] = []
        var done = 0
        var shift = 0
        for hunk in hunks {
            var found = FilePatch.place(of: hunk, in: lines, from: done, near: hunk.start.old + shift).map {
                (hunk, $0)
            }
            for context in [2, 1, 0] where ignoresContext && found == nil {
                let trimmed = hunk.trimmed(to: context)
                let places = trimmed.old.isEmpty ? [] : FilePatch.places(of: trimmed, in: lines, from: done)
                if places.count == 1 { found = (trimmed, places[0]) }
            }
            guard let (hunk, place) = found else { return nil }
            result += lines[done..<place] + hunk.new
            done = place + hunk.old.count
            shift = place - hunk.start.old
        }
        return Array((result + lines[done...]).joined())
    }

    private static func place(
        of hunk: Hunk, in lines: [ArraySlice<UInt8>], from first: Int, near expected: Int
    ) -> Int? {
        // Lines that are only added, with nothing around them, are where they are said to be.
        if hunk.old.isEmpty { return min(max(expected, first), lines.count) }
        return places(of: hunk, in: lines, from: first).min { ($0 - expected).magnitude < ($1 - expected).magnitude }
    }

    /// Where a hunk's old lines are.
    private static func places(of hunk: Hunk, in lines: [ArraySlice<UInt8>], from first: Int) -> [Int] {
        guard first <= lines.count - hunk.old.count else { return [] }
        return (first...lines.count - hunk.old.count)
            .filter { lines[$0..<$0 + hunk.old.count].elementsEqual(hunk.old) }
    }
}

extension FilePatch {
    /// Reads the changes of a patch.
    fileprivate static func read(_ text: [UInt8], named name: String) throws(GitError) -> [FilePatch] {
        let refuse = { (reason: String) in
            GitError(
                .patch, operation: "reading \(name)",
                message: "\(name) is not a patch that can be applied: \(reason). Write one with: git diff")
        }
        let diff = try Handle(
            git_diff_free, orThrow: { refuse($0.text) },
            make: { made in text.withUnsafeBytes { git_diff_from_buffer(made, $0.baseAddress, $0.count) } })
        var files: [FilePatch] = []
        for position in 0..<git_diff_num_deltas(diff.pointer) {
            guard let delta = git_diff_get_delta(diff.pointer, position)?.pointee else { continue }
            let sides = FileDelta(delta)
            guard delta.flags & GIT_DIFF_FLAG_BINARY.rawValue == 0 else {
                throw refuse("it changes \((sides.new ?? sides.old)?.path ?? ""), which is not text")
            }
            let change = try Handle(
                git_patch_free, orThrow: { refuse($0.text) },
                make: { git_patch_from_diff($0, diff.pointer, position) })
            files.append(FilePatch(old: sides.old, new: sides.new, hunks: FilePatch.hunks(change)))
        }
        guard !files.isEmpty else { throw refuse("it changes no file") }
        return files
    }

    private static func hunks(_ patch: borrowing Handle) -> [Hunk] {
        (0..<git_patch_num_hunks(patch.pointer)).compactMap { number in
            var header: UnsafePointer<git_diff_hunk>?
            var count = 0
            guard git_patch_get_hunk(&header, &count, patch.pointer, number) == 0, let header else { return nil }
            // A side without lines names the line before it.
            let (old, new) = (header.pointee.old_lines > 0, header.pointee.new_lines > 0)
            var hunk = Hunk(
                start: (Int(header.pointee.old_start) - (old ? 1 : 0), Int(header.pointee.new_start) - (new ? 1 : 0)))
            for position in 0..<count {
                var line: UnsafePointer<git_diff_line>?
                guard git_patch_get_line_in_hunk(&line, patch.pointer, number, position) == 0, let line else {
                    continue
                }
                let bytes = Array(UnsafeRawBufferPointer(start: line.pointee.content, count: line.pointee.content_len))
                let origin = UInt32(UInt8(bitPattern: line.pointee.origin))
                if [GIT_DIFF_LINE_CONTEXT, GIT_DIFF_LINE_DELETION].contains(where: { $0.rawValue == origin }) {
                    hunk.old.append(bytes[...])
                }
                if [GIT_DIFF_LINE_CONTEXT, GIT_DIFF_LINE_ADDITION].contains(where: { $0.rawValue == origin }) {
                    hunk.new.append(bytes[...])
                }
            }
            return hunk
        }
    }
}

extension [UInt8] {
    /// The lines, each with its line break; the last one may have none.
    fileprivate var linesWithBreaks: [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = startIndex
        while start < endIndex {
            let end = self[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? endIndex
            lines.append(self[start..<end])
            start = end
        }
        return lines
    }
}
