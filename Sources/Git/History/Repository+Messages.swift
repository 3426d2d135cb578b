#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Repository {
    /// The newest commit whose message fits a pattern, among some commits and all that they descend from. As git has it,
    /// the pattern is a POSIX extended regular expression, `!-` before it finds what does not fit, and `!!` stands for
    /// one exclamation mark.
    func commit(
        matching pattern: ArraySlice<UInt8>, from starts: [ObjectID], _ lookup: RevisionLookup
    ) throws(GitError) -> ObjectID? {
        var pattern = pattern
        var wanted = true
        if pattern.first == UInt8(ascii: "!") {
            pattern = pattern.dropFirst()
            switch pattern.first {
            case UInt8(ascii: "-"):
                wanted = false
                pattern = pattern.dropFirst()
            case UInt8(ascii: "!"): break
            default: throw lookup.invalid
            }
        }
        var expression = regex_t()
        guard regcomp(&expression, pattern.map { CChar(bitPattern: $0) } + [0], REG_EXTENDED) == 0 else {
            throw lookup.invalid
        }
        defer { regfree(&expression) }
        let boundary = shallowBoundary
        var queue = DateQueue()
        var ids: [ObjectID] = []
        var seen: Set<ObjectID> = []
        var next = starts
        while true {
            for id in next where seen.insert(id).inserted {
                let time = try objects.withCommit(id, lookup.operation) { $0.commitTime }
                queue.push(Int32(ids.count), time: time)
                ids.append(id)
            }
            guard let newest = queue.pop() else { return nil }
            let id = ids[Int(newest)]
            let (parents, fits) = try objects.withCommit(id, lookup.operation) { commit in
                let message = commit.message.map { CChar(bitPattern: $0) } + [0]
                return (commit.parents, regexec(&expression, message, 0, nil, 0) == 0)
            }
            if fits == wanted { return id }
            next = boundary.contains(id) ? [] : parents
        }
    }
}
