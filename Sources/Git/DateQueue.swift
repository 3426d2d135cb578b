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
