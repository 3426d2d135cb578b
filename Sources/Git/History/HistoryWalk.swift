/// Finds the commits that are reachable from some commits and not from others.
///
/// Commits are read newest first, each once. The paints `wanted` and `hidden` run from children to parents.
/// Dates only decide the order of reading: whatever gets a new paint is taken up again, so that a commit that claims
/// to be newer than its children is found all the same.
struct HistoryWalk {
    /// What is known of a commit.
    private struct Paint: OptionSet {
        let rawValue: UInt8
        static let wanted = Paint(rawValue: 1)
        static let hidden = Paint(rawValue: 2)
        static let colors: Paint = [.wanted, .hidden]
        static let isQueued = Paint(rawValue: 4)
        static let isRead = Paint(rawValue: 8)

        /// Reachable from a start, and from no hidden commit as far as is known.
        var isCandidate: Bool { intersection(.colors) == .wanted }
    }

    /// Reads a commit's parents and date.
    typealias Read = (ObjectID) throws(GitError) -> (parents: [ObjectID], time: Int64)

    /// How many hidden commits are read on after the last one that mattered.
    ///
    /// With wrong dates, a candidate can turn out to be hidden only by way of commits older than itself. Short of
    /// reading the whole history, no number is safe; git itself reads on for five. This many take about 10 ms.
    private static let hiddenReserve = 2_000

    private var numbers: [ObjectID: Int32] = [:]
    private var ids: [ObjectID] = []
    private var paints: [Paint] = []
    private var times: [Int64] = []
    private var parents: [[Int32]] = []
    private var queue = DateQueue()
    private var queuedCandidates = 0

    /// Walks until every candidate is found.
    init(from starts: [ObjectID], excluding hidden: [ObjectID], read: Read) throws(GitError) {
        for id in hidden { try paint(number(of: id), .hidden, read) }
        for id in starts { try paint(number(of: id), .wanted, read) }
        var oldestCandidate = Int64.max
        var reserve = HistoryWalk.hiddenReserve
        while let newest = queue.newestTime {
            if queuedCandidates == 0, newest < oldestCandidate {
                guard reserve > 0 else { break }
                reserve -= 1
            }
            guard let next = queue.pop() else { break }
            let node = Int(next)
            paints[node].remove(.isQueued)
            if paints[node].isCandidate {
                queuedCandidates -= 1
                oldestCandidate = min(oldestCandidate, times[node])
            }
            let colors = paints[node].intersection(.colors)
            for parent in parents[node] where try paint(Int(parent), colors, read) {
                reserve = HistoryWalk.hiddenReserve
            }
        }
    }

    /// Whether a commit is reachable from one of the starts. Known for the candidates and their parents.
    func reaches(_ id: ObjectID) -> Bool {
        numbers[id].map { paints[Int($0)].contains(.wanted) } ?? false
    }

    /// The candidates, children before parents, and newer ones first where that leaves a choice.
    func candidates() -> [CommitNode] {
        var waitingChildren = [Int32](repeating: 0, count: ids.count)
        for node in ids.indices where paints[node].isCandidate {
            for parent in parents[node] { waitingChildren[Int(parent)] += 1 }
        }
        var ready = DateQueue()
        for node in ids.indices where paints[node].isCandidate && waitingChildren[node] == 0 {
            ready.push(Int32(node), time: times[node])
        }
        var found: [CommitNode] = []
        while let next = ready.pop() {
            let node = Int(next)
            found.append(CommitNode(id: ids[node], parents: parents[node].map { ids[Int($0)] }))
            for parent in parents[node] {
                waitingChildren[Int(parent)] -= 1
                if waitingChildren[Int(parent)] == 0, paints[Int(parent)].isCandidate {
                    ready.push(parent, time: times[Int(parent)])
                }
            }
        }
        return found
    }

    /// The candidates on the chain of first parents that begins at `start`, newest first.
    func firstParentChain(from start: ObjectID) -> [CommitNode] {
        var found: [CommitNode] = []
        var next = numbers[start]
        while let node = next.map(Int.init), paints[node].isCandidate {
            next = parents[node].first
            found.append(CommitNode(id: ids[node], parents: next.map { [ids[Int($0)]] } ?? []))
        }
        return found
    }

    private mutating func number(of id: ObjectID) -> Int {
        if let number = numbers[id] { return Int(number) }
        numbers[id] = Int32(ids.count)
        ids.append(id)
        paints.append([])
        times.append(0)
        parents.append([])
        return ids.count - 1
    }

    /// Adds colours to a commit, and tells whether that made a candidate none.
    @discardableResult
    private mutating func paint(_ node: Int, _ colors: Paint, _ read: Read) throws(GitError) -> Bool {
        let old = paints[node]
        guard !old.isSuperset(of: colors) else { return false }
        if !old.contains(.isRead) {
            let (ids, time) = try read(ids[node])
            times[node] = time
            parents[node] = ids.map { Int32(number(of: $0)) }
        }
        let new = old.union(colors).union([.isRead, .isQueued])
        paints[node] = new
        if !old.contains(.isQueued) {
            queue.push(Int32(node), time: times[node])
            if new.isCandidate { queuedCandidates += 1 }
        } else if old.isCandidate != new.isCandidate {
            queuedCandidates += new.isCandidate ? 1 : -1
        }
        return old.isCandidate && !new.isCandidate
    }
}

/// A heap of commits, the newest on top. Of two with the same date, the one found first comes first.
struct DateQueue {
    private struct Entry {
        let time: Int64
        let node: Int32

        func precedes(_ other: Entry) -> Bool {
            time != other.time ? time > other.time : node < other.node
        }
    }

    private var entries: [Entry] = []

    /// The date of the newest commit.
    var newestTime: Int64? { entries.first?.time }

    mutating func push(_ node: Int32, time: Int64) {
        let entry = Entry(time: time, node: node)
        var hole = entries.count
        entries.append(entry)
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard entry.precedes(entries[parent]) else { break }
            entries[hole] = entries[parent]
            hole = parent
        }
        entries[hole] = entry
    }

    mutating func pop() -> Int32? {
        guard let top = entries.first, let last = entries.popLast() else { return nil }
        guard !entries.isEmpty else { return top.node }
        var hole = 0
        while true {
            var child = 2 * hole + 1
            guard child < entries.count else { break }
            if child + 1 < entries.count, entries[child + 1].precedes(entries[child]) { child += 1 }
            guard entries[child].precedes(last) else { break }
            entries[hole] = entries[child]
            hole = child
        }
        entries[hole] = last
        return top.node
    }
}
