import CGit2

/// What a ref has named before, newest first.
struct ReferenceLog {
    private var entries: [(old: ObjectID, new: ObjectID, message: String)] = []

    /// What the ref named that many changes ago; `nil` if the log does not say.
    func id(_ number: Int) -> ObjectID? {
        // A branch that was renamed was nothing for a moment, which git passes over.
        if number < entries.count { return entries[number].new.isZero ? entries[number].old : entries[number].new }
        // The oldest entry tells what was there before it.
        guard number == entries.count, let oldest = entries.last?.old, !oldest.isZero else { return nil }
        return oldest
    }

    /// The branch, or commit, that was left by the last checkout but `number - 1`.
    func branchLeft(_ number: Int) -> String? {
        let start = "checkout: moving from "
        let left = entries.lazy.filter { $0.message.hasPrefix(start) }.dropFirst(number - 1).first
        guard let words = left?.message.dropFirst(start.count), let end = words.firstPosition(of: " to ") else {
            return nil
        }
        return String(words[..<end])
    }
}

extension Repository {
    /// The log of a ref; empty if there is none.
    func log(of reference: String, _ operation: String) throws(GitError) -> ReferenceLog {
        let log = try Handle(git_reflog_free, operation) { git_reflog_read($0, handle.pointer, reference) }
        return ReferenceLog(log)
    }
}

extension ReferenceLog {
    init(_ log: borrowing Handle) {
        for position in 0..<git_reflog_entrycount(log.pointer) {
            guard let entry = git_reflog_entry_byindex(log.pointer, position) else { continue }
            let message = git_reflog_entry_message(entry).map { String(cString: $0) } ?? ""
            entries.append(
                (
                    ObjectID(git_reflog_entry_id_old(entry).pointee), ObjectID(git_reflog_entry_id_new(entry).pointee),
                    message
                ))
        }
    }
}
