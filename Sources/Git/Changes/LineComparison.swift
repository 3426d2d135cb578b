import CGit2

/// How two contents differ, line by line, by the method that git has as well.
///
/// libgit2 gets bytes and no repository, so that no attribute or driver can tell it to treat them otherwise.
struct LineComparison {
    /// Whether one of the contents is not text, or larger than git compares.
    let isBinary: Bool
    let hunks: [FileChange.Hunk]

    /// The size in bytes at which git takes a file for binary.
    private static let sizeLimit = 512 << 20

    init(_ old: [UInt8], _ new: [UInt8], contextLines: Int, _ operation: String) throws(GitError) {
        guard max(old.count, new.count) < LineComparison.sizeLimit else {
            isBinary = true
            hunks = []
            return
        }
        var options = git_diff_options()
        try checked(operation) { git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)) }
        options.context_lines = UInt32(clamping: contextLines)
        options.flags = GIT_DIFF_INDENT_HEURISTIC.rawValue
        // The patch points into both contents.
        (isBinary, hunks) = try old.withUnsafeBufferPointer { (old) throws(GitError) in
            try new.withUnsafeBufferPointer { (new) throws(GitError) in
                let patch = try Handle(git_patch_free, operation) {
                    git_patch_from_buffers(
                        $0, old.baseAddress, old.count, nil, new.baseAddress, new.count, nil, &options)
                }
                let flags = git_patch_get_delta(patch.pointer)?.pointee.flags ?? 0
                let hunks = try LineComparison.hunks(patch, operation)
                return (flags & GIT_DIFF_FLAG_BINARY.rawValue != 0, hunks)
            }
        }
    }

    private static func hunks(_ patch: borrowing Handle, _ operation: String) throws(GitError) -> [FileChange.Hunk] {
        let patch = patch.pointer
        var hunks: [FileChange.Hunk] = []
        for position in 0..<git_patch_num_hunks(patch) {
            var pointer: UnsafePointer<git_diff_hunk>?
            var count = 0
            try checked(operation) { git_patch_get_hunk(&pointer, &count, patch, position) }
            guard let hunk = pointer?.pointee else { continue }
            var lines: [FileChange.Line] = []
            lines.reserveCapacity(count)
            for number in 0..<count {
                var pointer: UnsafePointer<git_diff_line>?
                try checked(operation) { git_patch_get_line_in_hunk(&pointer, patch, position, number) }
                if let line = pointer.flatMap({ FileChange.Line($0.pointee) }) { lines.append(line) }
            }
            hunks.append(
                FileChange.Hunk(
                    oldStart: Int(hunk.old_start), oldCount: Int(hunk.old_lines), newStart: Int(hunk.new_start),
                    newCount: Int(hunk.new_lines), lines: lines))
        }
        return hunks
    }
}

extension FileChange.Line {
    /// Copies a line; `nil` for a remark that a file doesn't end in a line feed.
    fileprivate init?(_ line: git_diff_line) {
        switch UInt8(bitPattern: line.origin) {
        case UInt8(ascii: " "): kind = .context
        case UInt8(ascii: "+"): kind = .added
        case UInt8(ascii: "-"): kind = .removed
        default: return nil
        }
        oldNumber = line.old_lineno > 0 ? Int(line.old_lineno) : nil
        newNumber = line.new_lineno > 0 ? Int(line.new_lineno) : nil
        var bytes = UnsafeRawBufferPointer(start: line.content, count: line.content_len)[...]
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        text = String(decoding: bytes, as: UTF8.self)
    }
}

/// Neighbouring lines of a file that were replaced by others. Either side may be empty: it then begins at the line that
/// follows.
struct LineEdit {
    /// The numbers of the lines that were there.
    let source: Range<Int>
    /// The numbers of the lines that are there instead.
    let target: Range<Int>

    /// The edit that takes this one back.
    var reversed: LineEdit { LineEdit(source: target, target: source) }

    /// The edits of a file, from its start to its end.
    static func edits(_ change: FileChange) -> [LineEdit] {
        change.hunks.flatMap(edits)
    }

    private static func edits(_ hunk: FileChange.Hunk) -> [LineEdit] {
        var edits: [LineEdit] = []
        // A side without lines is recorded with the line that precedes.
        var old = hunk.oldStart + (hunk.oldCount == 0 ? 1 : 0)
        var new = hunk.newStart + (hunk.newCount == 0 ? 1 : 0)
        var (source, target) = (old..<old, new..<new)
        for line in hunk.lines {
            if line.kind == .context {
                if source.count + target.count > 0 { edits.append(LineEdit(source: source, target: target)) }
                (old, new) = (old + 1, new + 1)
                (source, target) = (old..<old, new..<new)
            } else if line.kind == .removed {
                old += 1
                source = source.lowerBound..<old
            } else {
                new += 1
                target = target.lowerBound..<new
            }
        }
        if source.count + target.count > 0 { edits.append(LineEdit(source: source, target: target)) }
        return edits
    }
}
