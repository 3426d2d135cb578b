import CGit2

/// The file that says of which commit a directory has the files, by what rules, and which index belongs to them.
struct CheckoutMark {
    let path: String
    let index: String
    let rules: CheckoutRules

    /// Changes whenever other files are written for the same commit by the same rules.
    private static let version = 2

    /// The commit; `nil` if there is no mark, or none for these rules and for the index as it is.
    var commit: ObjectID? {
        guard let words = FileSystem.readLine(path)?.split(separator: " ", maxSplits: 2), words.count == 3,
            let identity = FileSystem.identity(index), words[2] == identity, words[1] == rulesDigest
        else { return nil }
        return ObjectID(String(words[0]))
    }

    func write(_ commit: ObjectID) throws(GitError) {
        guard let identity = FileSystem.identity(index) else { return }
        try FileSystem.write("\(commit) \(rulesDigest) \(identity)\n", to: path)
    }

    func remove() throws(GitError) {
        try FileSystem.removeTree(path)
    }

    private var rulesDigest: String {
        let text = Array("\(CheckoutMark.version) \(rules.largeFiles) \(rules.text)".utf8)
        var oid = git_oid()
        _ = git_odb_hash(&oid, text, text.count, GIT_OBJECT_BLOB)
        return ObjectID(oid).description
    }
}
