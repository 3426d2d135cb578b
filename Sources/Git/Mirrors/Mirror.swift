import CGit2

/// A bare repository of our own with what it takes to check some commits of another one out: the commits, their trees and
/// files, and nothing of their history.
///
/// Objects come from another repository on the same disks, which is only read, or one by one from far away.
public struct Mirror: Sendable {
    /// The mirror's git directory.
    public let path: String
    /// The file that lists the commits that are here whole.
    private var list: String { path + "/allocbisect-commits" }

    /// Makes the repository, or finds it.
    ///
    /// - Parameters:
    ///   - path: Its directory, in a folder that is there.
    ///   - source: The git directory of another repository whose objects, Git LFS files and submodules are used as well;
    ///     nil for none.
    ///   - settings: What decides the files of a checkout, which a mirror keeps from the start.
    /// - Throws: `GitError` with the code `fileSystem`.
    public init(at path: String, source: String?, settings: CheckoutSettings = CheckoutSettings()) throws(GitError) {
        self.path = path
        for folder in ["", "/info", "/objects", "/objects/info", "/objects/pack", "/refs", "/refs/heads"] {
            try FileSystem.makeDirectory(path + folder)
        }
        if let source {
            try FileSystem.write(source + "/objects\n", to: path + "/objects/info/alternates")
            for folder in ["lfs", "modules"] where FileSystem.kind("\(source)/\(folder)") != nil {
                try FileSystem.link("\(path)/\(folder)", to: "\(source)/\(folder)")
            }
        }
        guard FileSystem.kind(path + "/HEAD") == nil else { return }
        let attributes = path + "/allocbisect-attributes"
        try FileSystem.write(settings.attributes, to: attributes)
        try FileSystem.write(settings.lastAttributes, to: path + "/info/attributes")
        try FileSystem.write(settings.configuration(attributesFile: attributes), to: path + "/config")
        // The last file: without it this is not a repository.
        try FileSystem.write("ref: refs/heads/main\n", to: path + "/HEAD")
    }

    /// The commits that came one by one and are here whole, oldest first.
    public var commits: [ObjectID] {
        (FileSystem.read(list) ?? []).split(separator: UInt8(ascii: "\n"))
            .compactMap { ObjectID(String(decoding: $0, as: UTF8.self)) }
    }

    /// Writes objects into the mirror; one that is there already is left as it is.
    ///
    /// - Throws: `GitError` when they cannot be written.
    public func add(_ objects: some Sequence<GitObject>) throws(GitError) {
        let operation = "writing objects to \(path)"
        let database = try ObjectDatabase(in: path)
        for object in objects {
            var oid = git_oid()
            try checked(operation) {
                git_odb_write(&oid, database.pointer, object.bytes, object.bytes.count, object.kind.type)
            }
        }
    }

    /// Notes that commits are here whole.
    public func complete(_ commits: [ObjectID]) throws(GitError) {
        let all = self.commits.suffix(Mirror.listed) + commits
        try FileSystem.write(all.map { "\($0)\n" }.joined(), to: list)
    }

    /// How many commits are listed: what is not costs a transfer, and no more.
    private static let listed = 100
}

/// An object as it is stored: what the bytes mean, and the bytes.
public struct GitObject: Sendable, Hashable {
    /// What an object is.
    public enum Kind: String, Sendable, Hashable {
        case commit, tree, blob

        var type: git_object_t {
            switch self {
            case .commit: GIT_OBJECT_COMMIT
            case .tree: GIT_OBJECT_TREE
            case .blob: GIT_OBJECT_BLOB
            }
        }
    }

    /// Whether it is a commit, a tree or a blob.
    public let kind: Kind
    /// What it holds, without git's header.
    public let bytes: [UInt8]

    /// Creates an object of what git would hash, without its header.
    public init(kind: Kind, bytes: [UInt8]) { (self.kind, self.bytes) = (kind, bytes) }
}

extension Repository {
    /// Hands out the objects that a checkout of a commit takes and that are not known somewhere yet, each once.
    ///
    /// - Parameters:
    ///   - known: What is known there; it grows by what is handed out.
    ///   - body: What to do with each object; nil to learn what a commit takes that is known there whole.
    /// - Throws: `GitError` when one of them cannot be read.
    public func transfer(
        _ commit: ObjectID, known: inout Set<ObjectID>, _ body: ((GitObject) -> Void)?
    ) throws(GitError) {
        let operation = "reading the files of \(commit.short)"
        var trees = [try objects.tree(of: commit, operation)]
        if known.insert(commit).inserted {
            try objects.withObject(commit, GIT_OBJECT_COMMIT, operation) {
                body?(GitObject(kind: .commit, bytes: Array($0)))
            }
        }
        while let tree = trees.popLast() {
            guard known.insert(tree).inserted else { continue }
            try objects.withObject(tree, GIT_OBJECT_TREE, operation) { body?(GitObject(kind: .tree, bytes: Array($0))) }
            for item in try objects.items(of: tree, operation) {
                if item.mode.isTree { trees.append(item.id) }
                // The commit of a submodule is in another repository.
                guard item.mode.isBlob, known.insert(item.id).inserted, let body else { continue }
                try objects.withObject(item.id, GIT_OBJECT_BLOB, operation) {
                    body(GitObject(kind: .blob, bytes: Array($0)))
                }
            }
        }
    }

    /// The folders of a commit that are not among some known ones, by their trees: where they are the same, so is what
    /// is built from them.
    ///
    /// - Throws: `GitError` when one of them cannot be read.
    public func folders(of commit: ObjectID, beyond known: Set<ObjectID>) throws(GitError) -> Set<ObjectID> {
        let operation = "reading the files of \(commit.short)"
        var trees = [try objects.tree(of: commit, operation)]
        var new: Set<ObjectID> = []
        while let tree = trees.popLast() {
            guard !known.contains(tree), new.insert(tree).inserted else { continue }
            trees += try objects.items(of: tree, operation).filter(\.mode.isTree).map(\.id)
        }
        return new
    }
}
