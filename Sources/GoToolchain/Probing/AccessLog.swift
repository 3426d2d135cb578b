public import Benchmarks
import Foundation

/// The files that test binaries asked the kernel for, from their first instruction on: opened, looked at, listed, gone to.
///
/// They make input classes right for benchmarks that read files from elsewhere in the repository. Several processes may
/// write one log, one after the other.
public struct AccessLog: Sendable {
    /// The log's path, which a test binary reads from its environment.
    public let path: String

    /// The environment variable that names the log to a test binary.
    static let variable = "ALLOCBISECT_ACCESSES"

    /// The log's size, as the processes know it: two words, and then records.
    private static let size = 1 << 18
    private static let headSize = 16
    /// How many files are worth naming.
    private static let most = 2000

    /// Makes an empty log.
    ///
    /// - Throws: `GoError` when the file cannot be written.
    public init(at path: String) throws {
        self.path = path
        do {
            try Data().write(to: URL(filePath: path))
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            try file.truncate(atOffset: UInt64(AccessLog.size))
            try file.close()
        } catch {
            throw GoError(.probe, "The log \(path) could not be written: \(error.localizedDescription)")
        }
    }

    /// Adds what is in the tree to inputs.
    ///
    /// - Parameters:
    ///   - package: The folder that the binaries ran in, relative to the tree's root.
    /// - Returns: The inputs; the whole tree when nothing was logged, or more was asked than names can tell: by another
    ///   program, through links that are gone, of git's own files, or of more files than are worth naming.
    public func adding(to inputs: Inputs, of package: String, in root: String) -> Inputs {
        guard let data = Scratch.contents(path),
            let reader = AccessLogReader(data, headSize: AccessLog.headSize),
            let paths = reader.paths(of: package, in: root, most: AccessLog.most)
        else { return .everything }
        var inputs = inputs
        inputs.paths.formUnion(paths)
        return inputs
    }
}

/// Reads the records of an access log, each of a letter and a name: `c` where the process is from then on, `o` opened,
/// `l` looked at, `r` renamed; a capital letter where the name counts from some folder that was opened.
struct AccessLogReader {
    typealias Name = NameResolver.Name
    private let records: [(letter: Character, name: Name)]

    /// Reads a log; nil unless it has records, and every one is whole.
    init?(_ data: Data, headSize: Int) {
        let bytes = [UInt8](data)
        guard bytes.count > headSize else { return nil }
        func word(_ start: Int) -> UInt64 { bytes[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) } }
        guard word(8) == 0, case let used = word(0), used > 0, used <= UInt64(bytes.count - headSize) else {
            return nil
        }
        let parts = bytes[headSize..<headSize + Int(used)].split(separator: 0, omittingEmptySubsequences: false)
        guard parts.last?.isEmpty == true, parts.dropLast().allSatisfy({ !$0.isEmpty }) else { return nil }
        records = parts.dropLast().map { (Character(Unicode.Scalar($0[$0.startIndex])), Array($0.dropFirst())) }
    }

    /// The paths of a tree that the records name; nil for all of it.
    func paths(of package: String, in root: String, most: Int) -> Set<String>? {
        var places = TreePlaces(root: root)
        var folder = Array((package == "." ? root : "\(root)/\(package)").utf8)
        let home = NameResolver.parts(places.resolve(folder, from: []).end)
        var opened: [Name] = []
        /// Adds where a name leads; false when a path cannot say that.
        func add(_ name: Name, from folder: Name, looks: Bool) -> Bool {
            let resolved = places.resolve(name, from: folder)
            for link in resolved.links { places.add(link) }
            // That the folders at and above the package are there is known.
            let left = resolved.left + (looks ? [resolved.end] : [])
            for place in left where !home.starts(with: NameResolver.parts(place)) { places.add(place) }
            if !looks {
                places.add(resolved.end)
                if NameResolver.isFolder(resolved.end) { opened.append(resolved.end) }
            }
            return ([resolved.end] + resolved.links).allSatisfy { !belongsToGit($0, places) }
                && !AccessLogReader.leadsBack(name)
        }
        for (letter, name) in records {
            let isAbsolute = name.first == UInt8(ascii: "/")
            switch letter {
            case "c": folder = name
            case "o", "l": guard add(name, from: folder, looks: letter == "l") else { return nil }
            case "O" where isAbsolute, "L" where isAbsolute:
                guard add(name, from: folder, looks: letter == "L") else { return nil }
            case "O", "L":
                if name.isEmpty { continue }
                guard !NameResolver.parts(name).contains(Array("..".utf8)), opened.count < 50 else { return nil }
                for start in opened { guard add(name, from: start, looks: letter == "L") else { return nil } }
            case "r" where places.parts(of: places.resolve(name, from: folder).end) == nil: continue
            default: return nil
            }
            if places.paths.count > most || places.paths.contains("") { return nil }
        }
        return places.paths
    }

    /// Whether a place holds what git knows, which no commit decides: in the tree, or around it.
    private func belongsToGit(_ place: Name, _ places: TreePlaces) -> Bool {
        let git = Array(".git".utf8)
        if let parts = places.parts(of: place) { return parts.contains(git) }
        return NameResolver.parts(place).contains(git) && !places.isAroundRoot(place)
    }

    /// Whether a name goes through what the kernel shows of processes, as in `/proc/self/cwd/x`.
    private static func leadsBack(_ name: Name) -> Bool {
        let parts = NameResolver.parts(name).map { String(decoding: $0, as: UTF8.self) }
        guard name.first == UInt8(ascii: "/"), ["proc", "dev"].contains(parts.first) else { return false }
        let afterDescriptor = parts.firstIndex(of: "fd").map { parts.count - $0 - 2 } ?? 0
        return parts.contains("cwd") || parts.contains("root") || afterDescriptor > 0
    }
}
