/// Where the lines of one file are in another version of it.
struct FileLineMap {
    /// The path of the other version; `nil` if no line of the file is there.
    let target: String?
    /// What was edited, from the file's start to its end.
    private let edits: [LineEdit]

    init(target: String?, edits: [LineEdit]) {
        self.target = target
        self.edits = edits
    }

    /// Where a line is; `nil` if it was edited.
    func position(of line: Int) -> Int? {
        // The number of edits that begin at the line or before it.
        var low = 0
        var high = edits.count
        while low < high {
            let middle = (low + high) / 2
            if edits[middle].source.lowerBound <= line { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return line }
        let edit = edits[low - 1]
        return line < edit.source.upperBound ? nil : line - edit.source.upperBound + edit.target.upperBound
    }
}
