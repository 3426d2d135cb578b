import Git

/// The commits of a history, and the lines of first parents that they are on.
struct HistoryCommits {
    /// The good end; nil when a number of commits was asked for.
    let good: ObjectID?
    /// The newest commit that is shown: the bad end of the range, or HEAD.
    let bad: ObjectID
    /// Every commit that is measured, parents before children: the one before the rows, if there is one, and the rows.
    let ids: [ObjectID]
    /// The position of the first row among them. What comes before it is there to be compared with.
    let firstRow: Int
    /// The lines, each after the one that it branched off.
    let lines: [Line]
    /// The merges that brought in what is not on the line of first parents, by commit.
    let merges: [ObjectID: ObjectID]
    /// The folder that the user stands in, relative to the work tree's root; empty for the root.
    let prefix: String
    /// What the user should know.
    let warnings: [String]

    /// Commits of which each one is the first parent of the next.
    struct Line {
        /// The commit that the line branched off, as a position; nil when that is not among the commits.
        var origin: Int?
        /// The commits as positions, oldest first.
        var positions: [Int]
    }

    /// Finds the commits that are asked for.
    ///
    /// - Parameter others: Commits of the range that are needed even off those lines.
    /// - Throws: `GitError` when they do not resolve, `CoreError` when there are none.
    init(
        _ repository: borrowing Repository, _ request: HistoryRequest, with others: Set<ObjectID> = [],
        from prefix: String
    ) throws {
        self.prefix = prefix
        var nodes: [CommitNode]
        var merges: [ObjectID: ObjectID] = [:]
        if let range = request.range {
            let found = try SearchRange(repository, range: range, firstParent: !request.allParents, from: prefix)
            nodes = found.resolved.commits.suffix(request.count ?? .max)
            if !others.isSubset(of: found.resolved.commits.lazy.map(\.id)) {
                let all = try SearchRange(repository, range: range, firstParent: false, from: prefix)
                merges = HistoryCommits.merges(of: others, into: found.resolved.commits, of: all.resolved.commits)
                let broughtIn = Dictionary(grouping: all.resolved.commits.filter { merges[$0.id] != nil }) {
                    merges[$0.id]
                }
                nodes = nodes.flatMap { (broughtIn[$0.id] ?? []) + [$0] }
            }
            (good, bad, warnings) = (found.resolved.good, found.bad, found.warnings)
        } else {
            bad = try repository.resolve("HEAD")
            let count = request.count ?? HistoryRequest.usualCount
            nodes =
                request.allParents
                ? Array(try repository.walk(from: bad).prefix(count).reversed())
                : try repository.firstParents(from: bad, count: count).reversed()
            (good, warnings) = (nil, [])
        }
        let parents = Dictionary(uniqueKeysWithValues: nodes.map { ($0.id, $0.parents.first) })
        var before = parents[bad] ?? nil
        while let id = before, let parent = parents[id] { before = parent }
        firstRow = before == nil ? 0 : 1
        ids = (before.map { [$0] } ?? []) + nodes.map(\.id)
        lines = HistoryCommits.lines(of: ids, parents: parents)
        self.merges = merges
    }

    /// The merges on a line of first parents that brought in some commits, by commit.
    ///
    /// - Parameters:
    ///   - line: The line, oldest first.
    ///   - all: Its commits and all that they merged.
    private static func merges(
        of commits: Set<ObjectID>, into line: [CommitNode], of all: [CommitNode]
    ) -> [ObjectID: ObjectID] {
        let parents = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.parents) })
        var seen = Set(line.map(\.id))
        var merges: [ObjectID: ObjectID] = [:]
        for merge in line.map(\.id) {
            var open = parents[merge] ?? []
            while let id = open.popLast() {
                guard let further = parents[id], seen.insert(id).inserted else { continue }
                if commits.contains(id) { merges[id] = merge }
                open += further
            }
        }
        return merges
    }

    /// A line as a series has it: the commit whose value it began with, so that its first commit can be a step as well,
    /// and its own.
    struct Stretch {
        /// The commits as positions; nil for the first one when nothing has a value before.
        let positions: [Int?]
        /// Each one's value, how far it may be off, and how many repeats it stands for.
        let values: [Double?], tolerances: [Double], repeats: [Int]
    }

    /// The lines with the values of a series' cells, one a commit.
    func stretches(_ cells: [HistoryCell]) -> [Stretch] {
        var standing = [Int?](repeating: nil, count: ids.count)
        return lines.map { line in
            var last = line.origin.flatMap { standing[$0] }
            let positions = [last] + line.positions
            for position in line.positions {
                if cells[position].value != nil { last = position }
                standing[position] = last
            }
            return Stretch(
                positions: positions, values: positions.map { $0.flatMap { cells[$0].value } },
                tolerances: positions.map { $0.map { cells[$0].tolerance } ?? 0 },
                repeats: positions.map { $0.map { cells[$0].repeats.count } ?? 0 })
        }
    }

    private static func lines(of ids: [ObjectID], parents: [ObjectID: ObjectID?]) -> [Line] {
        let positions = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        var isTaken = [Bool](repeating: false, count: ids.count)
        var lines: [Line] = []
        for last in ids.indices.reversed() where !isTaken[last] {
            var line = Line(origin: last, positions: [])
            while let position = line.origin, !isTaken[position] {
                isTaken[position] = true
                line.positions.append(position)
                line.origin = (parents[ids[position]] ?? nil).flatMap { positions[$0] }
            }
            line.positions.reverse()
            lines.append(line)
        }
        return lines
    }
}
