import Benchmarks
import Git
import Measuring

extension Sharing {
    /// Takes the remote's notes into those here, and their measurements into the results cache, marked with their
    /// machine.
    ///
    /// - Throws: `GitError` when the remote cannot be reached; `CacheError` when the cache cannot be written.
    public func pull() throws -> Pulled {
        var pulled = Pulled()
        var head: ObjectID?
        for attempt in 1...Sharing.attempts {
            let theirs = try fetch()
            pulled.isEmpty = theirs == nil
            if case .some(let united) = try unite([:], with: theirs) {
                head = united
                break
            }
            guard attempt < Sharing.attempts else {
                throw CoreError(
                    .exchange,
                    "Another program keeps moving \(Sharing.reference) in \(results.repository.commonDirectory). "
                        + "Wait for it, and try again.")
            }
        }
        guard let head else { return pulled }
        let notes = try results.repository.notes(at: head)
        let cache = try results.openOrMake()
        for (commit, text) in notes.texts.sorted(by: { $0.key < $1.key }) {
            guard results.repository.hasCommit(commit.description) else {
                pulled.elsewhere += 1
                continue
            }
            pulled.notes += 1
            let note = SharedNote(text: text)
            let place = "the note of \(commit) in \(Sharing.reference)"
            pulled.imported.problems += note.problems.map { "\(place), line \($0.line): left out, \($0.reason)" }
            let (own, foreign) = note.records.partitioned { $0.commit == commit.description }
            if !foreign.isEmpty {
                pulled.imported.problems.append(
                    "\(place): \(foreign.count) measurements were left out, since they name another commit")
            }
            try results.add(own, to: cache, &pulled.imported)
        }
        return pulled
    }

    /// The result of a pull.
    public struct Pulled: Sendable {
        /// Whether the remote has no notes at all.
        public var isEmpty = false
        /// The notes of commits that are here, and of others.
        public var notes = 0, elsewhere = 0
        /// The outcome of the measurements.
        public var imported = ResultsCache.Imported()
    }

    /// Compares what is here with the remote, and changes neither.
    ///
    /// - Throws: `GitError` when the remote cannot be reached.
    public func status() throws -> Status {
        let local = try records(at: results.repository.reference(Sharing.reference))
        let theirs = try records(at: fetch())
        let own = try ownNotes()
        func missing(_ notes: [ObjectID: SharedNote], in others: [ObjectID: SharedNote]) -> Int {
            notes.reduce(0) { sum, note in
                let known = others[note.key]?.records ?? []
                return sum
                    + note.value.records.filter { record in
                        !known.contains { $0 == record || $0.extends(record) }
                    }.count
            }
        }
        return Status(
            remote: remote.fetchURL, notes: local.count, remoteNotes: theirs.count,
            toPush: missing(
                local.merging(own) { note, own in
                    var note = note
                    note.formUnion(own)
                    return note
                }, in: theirs),
            toPull: missing(theirs, in: local))
    }

    private func records(at head: ObjectID?) throws -> [ObjectID: SharedNote] {
        guard let head else { return [:] }
        return try results.repository.notes(at: head).texts.mapValues { SharedNote(text: $0) }
    }

    /// How what is here differs from a remote.
    public struct Status: Sendable {
        /// Where the remote lies.
        public let remote: String
        /// The annotated commits here and there.
        public let notes, remoteNotes: Int
        /// The measurements that only this clone has, and those that only the remote has.
        public let toPush, toPull: Int
    }
}

extension Array {
    fileprivate func partitioned(by isFirst: (Element) -> Bool) -> (first: [Element], second: [Element]) {
        (filter(isFirst), filter { !isFirst($0) })
    }
}
