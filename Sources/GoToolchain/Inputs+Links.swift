import Benchmarks

extension Inputs {
    /// Adds a path of a tree, with the symbolic links on the way and what they lead to.
    ///
    /// - Parameters:
    ///   - path: The path relative to the root; what it names need not exist.
    ///   - root: The checked-out tree.
    mutating func insert(_ path: String, in root: String) {
        var places = TreePlaces(root: root)
        places.add(Array(path.utf8), from: Array(root.utf8))
        paths.formUnion(places.paths)
    }
}

/// Places of a tree, by the names that lead to them.
struct TreePlaces {
    /// Paths relative to the root.
    private(set) var paths: Set<String> = []
    private var resolver = NameResolver()
    private let root: [NameResolver.Name]

    /// No places of a tree.
    init(root: String) {
        self.root = NameResolver.parts(resolver.resolve(Array(root.utf8), from: []).end)
    }

    /// Adds where a name leads, with the links on the way and the folders that it left again.
    ///
    /// - Returns: Where it leads.
    @discardableResult
    mutating func add(_ name: NameResolver.Name, from folder: NameResolver.Name) -> NameResolver.Name {
        let resolved = resolve(name, from: folder)
        for place in resolved.links + [resolved.end] { add(place) }
        return resolved.end
    }

    /// Follows a name, and adds nothing.
    mutating func resolve(_ name: NameResolver.Name, from folder: NameResolver.Name) -> NameResolver.Resolved {
        resolver.resolve(name, from: folder)
    }

    /// Adds a place, unless it lies elsewhere. A name that is no text counts with the folder that it is in.
    mutating func add(_ place: NameResolver.Name) {
        guard let parts = parts(of: place) else { return }
        let text = parts.map { String(validating: $0, as: UTF8.self) }
        paths.insert(text.prefix { $0 != nil }.compactMap { $0 }.joined(separator: "/"))
    }

    /// The parts of a place's path below the root, empty for the root itself; nil when it lies elsewhere.
    func parts(of place: NameResolver.Name) -> [NameResolver.Name]? {
        let parts = NameResolver.parts(place)
        return parts.starts(with: root) ? Array(parts.dropFirst(root.count)) : nil
    }

    /// Whether a place is one of the folders that the root is in, or lies beside the root among our own files.
    func isAroundRoot(_ place: NameResolver.Name) -> Bool {
        let parts = NameResolver.parts(place)
        return root.starts(with: parts) || parts.starts(with: root.dropLast(2))
    }
}
