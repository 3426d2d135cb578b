import CGit2

extension Repository {
    /// Finds the commit that a revision names: a branch, a tag, an abbreviated id, `HEAD~3`, and whatever else
    /// gitrevisions(7) knows. Tags are followed to their commit.
    ///
    /// The text is taken apart here, as git does it. libgit2 1.5 takes every name that ends in `@` for `HEAD`, and does
    /// not know `@~1`.
    ///
    /// - Throws: `GitError` with the code `unknownRevision`, `ambiguousRevision`, `invalidRevision`, `notACommit` or
    ///   `unbornHead`; with `shallow`, `partialClone`, `missingObject` or `damagedObject` if the revision leads to
    ///   a commit that cannot be read.
    public func resolve(_ revision: String) throws(GitError) -> ObjectID {
        let lookup = RevisionLookup(revision)
        guard !revision.isEmpty, !revision.hasPrefix("-"), !revision.utf8.contains(0) else { throw lookup.invalid }
        let bytes = Array(revision.utf8)
        if let object = try object(bytes[...], lookup) {
            guard let commit = try objects.peeled(object, to: .commit, lookup.operation) else {
                throw lookup.notACommit
            }
            return commit
        }
        if bytes.starts(with: [UInt8(ascii: ":"), UInt8(ascii: "/")]), bytes.count > 2 {
            if let commit = try commit(matching: bytes.dropFirst(2), from: tips(), lookup) { return commit }
        } else if try namesFile(bytes, lookup) {
            throw lookup.notACommit
        }
        throw unknown(lookup)
    }

    /// The object that a revision without a path names; `nil` if there is none.
    private func object(_ text: ArraySlice<UInt8>, _ lookup: RevisionLookup) throws(GitError) -> ObjectID? {
        guard let syntax = RevisionSyntax(text), var object = try named(syntax.name, lookup) else { return nil }
        for step in syntax.steps {
            guard let next = try follow(step, from: object, lookup) else { return nil }
            object = next
        }
        return object
    }

    private func follow(
        _ step: RevisionSyntax.Step, from object: ObjectID, _ lookup: RevisionLookup
    ) throws(GitError) -> ObjectID? {
        let operation = lookup.operation
        switch step {
        case .peel(let kind):
            return try objects.peeled(object, to: kind, operation)
        case .message(let pattern):
            guard let commit = try objects.peeled(object, to: .commit, operation) else { return nil }
            return pattern.isEmpty ? commit : try self.commit(matching: pattern[...], from: [commit], lookup)
        case .parent(let number):
            guard let commit = try objects.peeled(object, to: .commit, operation) else { return nil }
            guard number > 0 else { return commit }
            let parents = try self.parents(of: commit, operation)
            return number <= parents.count ? parents[number - 1] : nil
        case .ancestor(let number):
            guard var commit = try objects.peeled(object, to: .commit, operation) else { return nil }
            for _ in 0..<number {
                guard let parent = try parents(of: commit, operation).first else { return nil }
                commit = parent
            }
            return commit
        }
    }

    private func parents(of commit: ObjectID, _ operation: String) throws(GitError) -> [ObjectID] {
        shallowBoundary.contains(commit) ? [] : try objects.withCommit(commit, operation) { $0.parents }
    }

    /// Whether a revision is the path of something in a commit or in the index, which is none that can be searched.
    private func namesFile(_ text: [UInt8], _ lookup: RevisionLookup) throws(GitError) -> Bool {
        guard text.first != UInt8(ascii: ":") else { return text.count > 1 }
        return try file(named: text, lookup) != nil
    }

    /// What a revision such as `HEAD:a/b` names; `nil` if it is none, or names nothing.
    private func file(named text: [UInt8], _ lookup: RevisionLookup) throws(GitError) -> ObjectID? {
        var depth = 0
        let colon = text.firstIndex { byte in
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}"), depth > 0 { depth -= 1 }
            return byte == UInt8(ascii: ":") && depth == 0
        }
        guard let colon, let object = try object(text[..<colon], lookup),
            let tree = try objects.peeled(object, to: .tree, lookup.operation)
        else { return nil }
        let names = text[(colon + 1)...].split(separator: UInt8(ascii: "/"))
            .map { $0.map { CChar(bitPattern: $0) } + [0] }
        var files = TreeLookup(root: tree)
        if names.isEmpty { return tree }
        return try files.item(names, objects, lookup.operation)?.id
    }

    /// The content of the file that a revision names, such as `HEAD:.mailmap`; `nil` if it names none.
    func content(named revision: String) throws(GitError) -> [UInt8]? {
        let (lookup, bytes) = (RevisionLookup(revision), Array(revision.utf8))
        var id = try file(named: bytes, lookup)
        if id == nil { id = try object(bytes[...], lookup) }
        guard let id, let blob = try objects.peeled(id, to: .blob, lookup.operation) else { return nil }
        return try objects.blob(blob, lookup.operation)
    }

    private func unknown(_ lookup: RevisionLookup) -> GitError {
        if namesHead(lookup.revision), git_repository_head_unborn(handle.pointer) == 1 {
            return GitError(
                .unbornHead, operation: lookup.operation,
                message: "“\(lookup.revision)” names no commit: the current branch has none yet. Commit something "
                    + "first, or name another branch.")
        }
        if lookup.isMisspelt { return lookup.invalid }
        if !shallowBoundary.isEmpty {
            return shallowError(
                lookup.operation, "“\(lookup.revision)” is unknown, or older than the history that is here")
        }
        return GitError(
            .unknownRevision, operation: lookup.operation,
            message: "“\(lookup.revision)” is unknown in \(commonDirectory). Check the spelling, or get it with: "
                + "git fetch --tags")
    }

    private func namesHead(_ revision: String) -> Bool {
        let end = revision.firstIndex { "~^@:".contains($0) } ?? revision.endIndex
        return revision[..<end] == "HEAD" || revision.hasPrefix("@")
    }
}
