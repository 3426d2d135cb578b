import CGit2

extension Repository {
    /// The object that a name without steps stands for, in git's order: a whole id, an entry of a reflog or a ref, what
    /// `git describe` prints, an abbreviated id.
    func named(_ name: ArraySlice<UInt8>, _ lookup: RevisionLookup) throws(GitError) -> ObjectID? {
        let text = String(decoding: name, as: UTF8.self)
        if let id = ObjectID(text) { return objects.contains(id) ? id : nil }
        if let reference = try referenced(text, lookup) { return reference }
        if let digits = described(text) { return try abbreviated(digits, lookup) }
        return try abbreviated(text, lookup)
    }

    private func referenced(_ text: String, _ lookup: RevisionLookup) throws(GitError) -> ObjectID? {
        guard let (name, entry) = logEntry(text) else {
            guard let target = try branchMeant(by: text, lookup) else { return nil }
            return ObjectID(target) ?? found(target)?.id
        }
        // `@{1}` is of the branch's log, and `HEAD@{1}` of HEAD's.
        guard let short = name.isEmpty ? found("HEAD")?.name : try branchMeant(by: name, lookup),
            let meant = logged(short)
        else { return nil }
        if let number = Int(entry), entry.utf8.allSatisfy({ (48...57).contains($0) }), number < 100_000_000 {
            return try log(of: meant, lookup.operation).id(number) ?? (number == 0 ? found(meant)?.id : nil)
        }
        return try logged(meant, at: entry, lookup.operation)
    }

    /// The two parts of `main@{1}`; `nil` for a name without an entry of a log.
    private func logEntry(_ text: String) -> (name: String, entry: String)? {
        guard text.hasSuffix("}"), let at = text.lastPosition(of: "@{") else { return nil }
        let entry = String(text[text.index(at, offsetBy: 2)...].dropLast())
        guard !entry.isEmpty, !entry.hasPrefix("-"), BranchMark(text[at...]) == nil else { return nil }
        return (String(text[..<at]), entry)
    }

    /// What a name means after `@`, `@{-1}`, `@{upstream}` and `@{push}` are replaced; an id where HEAD was detached.
    private func branchMeant(by text: String, _ lookup: RevisionLookup) throws(GitError) -> String? {
        if text == "@" { return "HEAD" }
        if text.hasPrefix("@{-"), let brace = text.firstIndex(of: "}") {
            let digits = text[text.index(text.startIndex, offsetBy: 3)..<brace]
            guard let number = Int(digits), number > 0,
                let left = try log(of: "HEAD", lookup.operation).branchLeft(number)
            else { return nil }
            let rest = text[text.index(after: brace)...]
            return rest.isEmpty ? left : try branchMeant(by: left + rest, lookup)
        }
        if text.hasPrefix("@@{") { return try branchMeant(by: "HEAD" + text.dropFirst(), lookup) }
        guard let at = text.firstPosition(of: "@{"), let mark = BranchMark(text[at...]) else { return text }
        let branch = text[..<at]
        guard let reference = branch.isEmpty || branch == "HEAD" ? found("HEAD")?.name : "refs/heads/" + branch,
            reference.hasPrefix("refs/heads/")
        else { return nil }
        return try mark == .upstream ? upstreamBranch(of: reference) : pushBranch(of: reference)
    }

    /// The ref that a short name means, and what it names.
    private func found(_ name: String) -> (name: String, id: ObjectID)? {
        // libgit2 leaves out slashes that are too many.
        if name.hasPrefix("/") || name.firstPosition(of: "//") != nil { return nil }
        for pattern in Repository.referencePatterns {
            let full = pattern.prefix + name + pattern.suffix
            var reference: OpaquePointer?
            guard git_reference_lookup(&reference, handle.pointer, full) == 0 else { continue }
            defer { git_reference_free(reference) }
            var target: OpaquePointer?
            guard git_reference_resolve(&target, reference) == 0 else { continue }
            defer { git_reference_free(target) }
            guard let id = git_reference_target(target) else { continue }
            return (String(cString: git_reference_name(target)), ObjectID(id.pointee))
        }
        git_error_clear()
        return nil
    }

    /// The ref with a log that a short name means.
    private func logged(_ name: String) -> String? {
        for pattern in Repository.referencePatterns {
            let full = pattern.prefix + name + pattern.suffix
            var id = git_oid()
            if git_reference_name_to_id(&id, handle.pointer, full) == 0,
                git_reference_has_log(handle.pointer, full) == 1
            {
                return full
            }
        }
        git_error_clear()
        return nil
    }

    private static let referencePatterns: [(prefix: String, suffix: String)] = [
        ("", ""), ("refs/", ""), ("refs/tags/", ""), ("refs/heads/", ""), ("refs/remotes/", ""),
        ("refs/remotes/", "/HEAD"),
    ]

    /// The digits in what `git describe` prints, such as `v1.2-3-gabc1234`.
    private func described(_ text: String) -> String? {
        let digits = text.reversed().prefix { $0.isASCII && $0.isHexDigit }
        let rest = text.dropLast(digits.count)
        return rest.hasSuffix("-g") && rest.count > 2 ? String(text.suffix(digits.count)) : nil
    }

    /// The object whose id begins with some digits. Where several do, the only one that is or leads to a commit.
    private func abbreviated(_ digits: String, _ lookup: RevisionLookup) throws(GitError) -> ObjectID? {
        guard digits.utf8.count >= 4, digits.utf8.count < 2 * ObjectID.byteCount,
            digits.allSatisfy({ $0.isASCII && $0.isHexDigit })
        else { return nil }
        let candidates = try objects.ids(beginningWith: digits.lowercased(), lookup.operation)
        guard candidates.count > 1 else { return candidates.first }
        var commits: [ObjectID] = []
        for id in candidates where try objects.peeled(id, to: .commit, lookup.operation) != nil { commits.append(id) }
        guard commits.count == 1 else { throw lookup.ambiguous }
        return commits[0]
    }

    /// The commits that all refs and HEAD lead to.
    func tips() throws(GitError) -> [ObjectID] {
        let operation = "reading the references"
        let iterator = try Handle(git_reference_iterator_free, operation) {
            git_reference_iterator_new($0, handle.pointer)
        }
        var names = ["HEAD"]
        var name: UnsafePointer<CChar>?
        while git_reference_next_name(&name, iterator.pointer) == 0, let name { names.append(String(cString: name)) }
        git_error_clear()
        var tips: [ObjectID] = []
        for name in names {
            // A ref that names nothing, or something damaged, is passed over as git does.
            guard let id = found(name)?.id, let commit = try? objects.peeled(id, to: .commit, operation) else {
                continue
            }
            tips.append(commit)
        }
        return tips
    }
}

extension StringProtocol {
    /// Where a text occurs first.
    func firstPosition(of text: String) -> Index? { indices.first { self[$0...].hasPrefix(text) } }

    /// Where a text occurs last.
    func lastPosition(of text: String) -> Index? { indices.last { self[$0...].hasPrefix(text) } }
}
