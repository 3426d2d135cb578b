import Benchmarks
public import Git
import MeasurementCache
import Measuring

import struct Foundation.Date
import struct Foundation.UUID

/// Shares measurements through git: as notes on the commits, in a ref that only the user's word makes or moves.
///
/// Two clones that share at the same time lose nothing: what a remote has is fetched and united with what is here, and
/// the union is pushed without force, again until nobody was faster.
public struct Sharing: ~Copyable {
    /// The ref that the notes are in.
    public static let reference = "refs/notes/allocbisect"
    /// How often a push is tried.
    static let attempts = 30

    let results: ResultsCache
    let remote: Remote
    private let scratch = "share-\(UUID().uuidString)"

    /// Sharing with a remote, of the repository that a directory is in.
    ///
    /// - Parameters:
    ///   - remote: A remote's name, a path or a URL.
    ///   - file: The results cache's path when it lies elsewhere.
    /// - Throws: `GitError` when there is no such repository or remote.
    public init(with remote: String, in directory: String, file: String?) throws(GitError) {
        let results = try ResultsCache(in: directory, file: file)
        let remote = try results.repository.remote(remote, from: directory)
        self.results = results
        self.remote = remote
    }

    /// Hands this machine's measurements over, and takes those of the remote into the notes here.
    ///
    /// - Throws: `GitError` when the remote cannot be reached; `CoreError` when others were faster each time.
    public func push() async throws -> Pushed {
        let own = try ownNotes()
        var refusals: [ObjectID?] = []
        for attempt in 1...Sharing.attempts {
            let theirs = try fetch()
            guard case .some(let head) = try unite(own, with: theirs) else { continue }
            let shared = own.values.reduce(0) { $0 + $1.records.count }
            if head == theirs { return Pushed(measurements: shared, attempts: attempt, isNew: attempt > 1) }
            guard let head else { return Pushed(measurements: 0, attempts: attempt, isNew: false) }
            switch try results.repository.push(
                head, to: Sharing.reference, of: remote, expecting: theirs, scratch: scratch)
            {
            case .taken: return Pushed(measurements: shared, attempts: attempt, isNew: true)
            case .overtaken: break
            case .refused(let reason):
                // Where somebody else was faster, the ref has moved by the next time that it is fetched.
                refusals.append(theirs)
                if refusals.count(where: { $0 == theirs }) > 3 { throw refusal(reason) }
            }
            // Whoever was faster has made progress; those who were not try again at different times.
            try await Task.sleep(for: .milliseconds(Int.random(in: 10...(20 + 20 * attempt))))
        }
        throw CoreError(
            .exchange,
            "Others pushed \(Sharing.reference) to \(remote.pushURL) during each of \(Sharing.attempts) attempts. "
                + "Nothing is lost: the notes are here. Try again: allocbisect share push \(remote.name)")
    }

    private func refusal(_ reason: String) -> CoreError {
        CoreError(
            .exchange,
            "\(remote.pushURL) rejected \(Sharing.reference): it says “\(reason)”. Ask its administrator to allow this "
                + "ref, or share through another remote.")
    }

    /// The result of a push.
    public struct Pushed: Sendable {
        /// This machine's measurements, all of which the remote has now.
        public let measurements: Int
        /// How often it was tried.
        public let attempts: Int
        /// Whether the remote did not have all of it before.
        public let isNew: Bool
    }

    /// The commit that the notes' ref names at the remote; its objects are here afterwards.
    func fetch() throws -> ObjectID? {
        try results.repository.fetch(Sharing.reference, from: remote)
    }

    /// The notes of what was measured here, by commit. What was imported is not ours to hand on.
    func ownNotes() throws -> [ObjectID: SharedNote] {
        guard results.size != nil else { return [:] }
        var records: [ObjectID: [MeasurementRecord]] = [:]
        _ = try results.open().forEachRecord(machine: Machine.name, includingImported: false) { record in
            guard let commit = ObjectID(record.commit), results.repository.hasCommit(record.commit) else { return }
            records[commit, default: []].append(record)
        }
        return records.mapValues { SharedNote(of: $0) }
    }

    /// Makes the ref here hold its own notes, those of a commit that was fetched, and further ones.
    ///
    /// - Returns: What the ref names now, if anything; nil when another program moved it meanwhile.
    func unite(
        _ further: [ObjectID: SharedNote], with theirs: ObjectID?
    ) throws -> ObjectID?? {
        let local = try results.repository.reference(Sharing.reference)
        var parents: [Repository.Notes] = []
        for head in [local, theirs].compactMap({ $0 }) {
            // An older state of the other side has nothing to add.
            let isCovered = try parents.contains { parent in try results.repository.descends(parent.head, from: head) }
            if isCovered { continue }
            let isNewer = try parents.contains { parent in try results.repository.descends(head, from: parent.head) }
            if isNewer { parents = [] }
            parents.append(try results.repository.notes(at: head))
        }
        var texts = parents.first?.texts ?? [:]
        let additions = parents.dropFirst().map { $0.texts.mapValues { SharedNote(text: $0) } } + [further]
        var isChanged = parents.count > 1
        for notes in additions {
            for (commit, addition) in notes {
                var note = SharedNote(text: texts[commit] ?? "")
                note.formUnion(addition)
                guard note.text != texts[commit] else { continue }
                texts[commit] = note.text
                isChanged = true
            }
        }
        let head: ObjectID?
        if isChanged {
            let author = results.repository.identity
            head = try results.repository.writeNotes(
                texts, parents: parents, message: "Notes added by 'allocbisect share'\n",
                author: author
                    ?? Signature(
                        name: "allocbisect", email: "allocbisect", time: Int64(Date().timeIntervalSince1970)))
        } else {
            head = parents.first?.head
        }
        guard let head, head != local else { return .some(local) }
        let isMoved = try results.repository.moveReference(
            Sharing.reference, from: local, to: head, message: "allocbisect share")
        return isMoved ? .some(head) : nil
    }
}
