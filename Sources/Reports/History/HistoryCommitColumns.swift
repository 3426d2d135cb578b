import Git

/// The columns of a history's table that tell the commit: short hash, date, author and subject, as far as there is room.
struct HistoryCommitColumns {
    /// How many columns of the terminal are left beside them, after two spaces.
    let room: Int
    /// What stands above them, padded to their width.
    let header: String
    /// Their text in each row.
    let lines: [String]

    private let commits: [Commit]
    private let texts: [(author: String, subject: String)]
    private let width: Int

    /// The least width of an author and of a subject; below it they are left out.
    private static let (minimumAuthor, minimumSubject) = (8, 16)
    /// The hash, the date, and the space between them.
    private static let fixed = 10 + 2 + 10

    /// The columns of some commits, at their full width.
    init(_ commits: [Commit], width: Int) {
        let texts = commits.map { ($0.author.name.terminalSafe, $0.subject.terminalSafe) }
        self.init(commits, texts, width: width, room: 0)
    }

    /// The columns that leave some room for others; all the rest is left when not even the hash has room.
    private init(_ commits: [Commit], _ texts: [(author: String, subject: String)], width: Int, room needed: Int) {
        (self.commits, self.texts, self.width) = (commits, texts, width)
        let space = width - needed - HistoryCommitColumns.fixed
        let hasAuthor = space >= 4 + HistoryCommitColumns.minimumAuthor + HistoryCommitColumns.minimumSubject
        let hasSubject = space >= 2 + HistoryCommitColumns.minimumSubject
        let hasDate = space >= 0
        let author = max("author".count, texts.map(\.author.columns).max() ?? 0)
        let authorWidth = hasAuthor ? min(author, max(HistoryCommitColumns.minimumAuthor, space / 4)) : 0
        let subject = max("subject".count, texts.map(\.subject.columns).max() ?? 0)
        let subjectWidth = hasSubject ? min(subject, space - 2 - (hasAuthor ? authorWidth + 2 : 0)) : 0
        func line(_ hash: String, _ date: String, _ author: String, _ subject: String) -> String {
            var cells = [hash.padded(to: 10)]
            if hasDate { cells.append(date.padded(to: 10)) }
            if hasAuthor { cells.append(author.shortened(to: authorWidth).padded(to: authorWidth)) }
            if hasSubject { cells.append(subject.shortened(to: subjectWidth).padded(to: subjectWidth)) }
            return cells.joined(separator: "  ")
        }
        header = line("commit", "date", "author", "subject")
        lines = zip(commits, texts).map { line($0.id.short, $0.author.day, $1.author, $1.subject) }
        self.room = max(0, width - header.columns - 2)
    }

    /// As wide as it can be beside some columns; text before numbers gives way.
    func narrowed(for columns: [HistoryColumn]) -> HistoryCommitColumns {
        HistoryCommitColumns(commits, texts, width: width, room: columns.reduce(0) { $0 + $1.width })
    }

    /// Whether all columns have room in one table.
    func haveRoom(for columns: [HistoryColumn]) -> Bool { groups(of: Array(zip(1..., columns))).count <= 1 }

    /// Numbered columns in groups of which each has room beside the least width of a commit; at least one in each.
    func groups(of columns: [(Int, HistoryColumn)]) -> [[(Int, HistoryColumn)]] {
        let least =
            HistoryCommitColumns.fixed + 4 + HistoryCommitColumns.minimumAuthor + HistoryCommitColumns.minimumSubject
        var groups: [[(Int, HistoryColumn)]] = [[]]
        var space = width - least
        for (number, column) in columns {
            if space < column.width, groups.last?.isEmpty == false {
                groups.append([])
                space = width - least
            }
            groups[groups.count - 1].append((number, column))
            space -= column.width
        }
        return groups
    }
}
