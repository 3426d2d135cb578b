/// Finds what git does to the contents of files, by their paths, and reads each directory's attributes once.
struct AttributeLookup {
    private let rules: CheckoutRules
    /// By the bytes of a directory's path: two spellings of the same text are two directories.
    private var known: [[UInt8]: Attributes] = [:]

    init(_ rules: CheckoutRules) { self.rules = rules }

    /// What is done to a file.
    ///
    /// - Parameter read: The content of a file by its path; `nil` where there is none.
    mutating func conversion(
        of path: String, read: (String) throws(GitError) -> [UInt8]?
    ) throws(GitError) -> Conversion {
        let path = Array(path.utf8)
        let attributes = try attributes(of: AttributeLookup.directory(of: path), read)
        return Conversion(attributes.states(of: path), rules)
    }

    private mutating func attributes(
        of directory: [UInt8], _ read: (String) throws(GitError) -> [UInt8]?
    ) throws(GitError) -> Attributes {
        if let found = known[directory] { return found }
        var found =
            directory.isEmpty
            ? Attributes(rules) : try attributes(of: AttributeLookup.directory(of: directory), read)
        let prefix = directory.isEmpty ? [] : directory + [UInt8(ascii: "/")]
        if let text = try read(String(decoding: prefix, as: UTF8.self) + ".gitattributes") {
            found.add(text, below: prefix.map { CChar(bitPattern: $0) })
        }
        known[directory] = found
        return found
    }

    private static func directory(of path: [UInt8]) -> [UInt8] {
        Array(path[..<(path.lastIndex(of: UInt8(ascii: "/")) ?? 0)])
    }
}
