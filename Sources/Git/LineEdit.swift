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
