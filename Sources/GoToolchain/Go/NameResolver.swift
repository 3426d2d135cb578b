#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Follows names through symbolic links as the kernel does: `link/..` is the folder that the link's target is in.
///
/// Names are bytes, since they need not be text.
struct NameResolver {
    /// A name, or a path.
    typealias Name = [UInt8]

    /// What a name leads through.
    struct Resolved: Equatable {
        /// The symbolic links on the way, as absolute paths without links.
        var links: [Name] = []
        /// The folders that `..` left again: they had to be there.
        var left: [Name] = []
        /// Where it ends, there or not.
        var end: Name = []
    }

    private var targets: [Name: Name?] = [:]

    /// Follows a name through symbolic links, as the kernel would when it is opened.
    ///
    /// - Parameter folder: The absolute path that the name counts from, unless it is absolute itself.
    mutating func resolve(_ name: Name, from folder: Name) -> Resolved {
        var resolved = Resolved()
        var open = Array(NameResolver.parts(name).reversed())
        if name.first != NameResolver.slash { open += NameResolver.parts(folder).reversed() }
        var parts: [Name] = []
        while let part = open.popLast() {
            if part == Array("..".utf8) {
                if !parts.isEmpty { resolved.left.append(NameResolver.path(parts)) }
                _ = parts.popLast()
                continue
            }
            parts.append(part)
            let here = NameResolver.path(parts)
            guard resolved.links.count < 40, let target = target(ofLinkAt: here) else { continue }
            resolved.links.append(here)
            if target.first == NameResolver.slash { parts = [] } else { parts.removeLast() }
            open += NameResolver.parts(target).reversed()
        }
        resolved.end = NameResolver.path(parts)
        return resolved
    }

    /// The parts of a path that mean anything.
    static func parts(_ path: Name) -> [Name] {
        path.split(separator: slash).map(Array.init).filter { $0 != [UInt8(ascii: ".")] }
    }

    /// Whether there is a folder at a path.
    static func isFolder(_ path: Name) -> Bool {
        guard let folder = opendir(text(path)) else { return false }
        closedir(folder)
        return true
    }

    private static func text(_ path: Name) -> [CChar] { path.map(CChar.init(bitPattern:)) + [0] }

    private static let slash = UInt8(ascii: "/")

    private static func path(_ parts: [Name]) -> Name { parts.reduce(into: []) { $0 += [slash] + $1 } }

    private mutating func target(ofLinkAt path: Name) -> Name? {
        if let known = targets[path] { return known }
        let target = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress else { return nil as Name? }
            let count = readlink(NameResolver.text(path), start, buffer.count)
            return count < 0 ? nil : buffer.prefix(count).map { UInt8(bitPattern: $0) }
        }
        targets[path] = .some(target)
        return target
    }
}
