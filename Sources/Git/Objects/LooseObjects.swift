import CGit2
import Inflate

/// The objects that are in files of their own.
///
/// They are read here because libgit2 1.5 never comes to the end of one that is cut off.
struct LooseObjects {
    /// The object directories, those of alternates included.
    let directories: [String]

    /// No format packs more than this many bytes into one.
    private static let largestRatio = 1_100

    func read(_ id: ObjectID) -> ObjectBackend.Answer {
        let name = id.description
        for directory in directories {
            let path = "\(directory)/\(name.prefix(2))/\(name.dropFirst(2))"
            if let packed = FileSystem.read(path) { return LooseObjects.unpack(packed) }
            if let reason = FileSystem.reasonUnreadable(path) { return .refused("\(path): \(reason)") }
        }
        return .absent
    }

    /// Unpacks `blob 12`, a zero byte, and as many bytes.
    static func unpack(_ packed: [UInt8]) -> ObjectBackend.Answer {
        guard var stream = InflateStream(.zlib) else { return .refused("insufficient memory") }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 512)
        var header: (type: git_object_t, count: Int, size: Int)?
        var position = 0
        while true {
            let (step, read, written) = packed.withUnsafeBufferPointer { input in
                chunk.withUnsafeMutableBufferPointer { output in
                    stream.step(UnsafeBufferPointer(rebasing: input[position...]), into: output)
                }
            }
            position += read
            content += chunk[..<written]
            if header == nil {
                header = self.header(content)
                guard let header, header.size <= packed.count * largestRatio else {
                    return .damaged("its header is not an object's")
                }
                content.reserveCapacity(header.count + header.size)
                chunk = [UInt8](repeating: 0, count: min(max(header.size, 1), 1 << 16))
            }
            guard let header, content.count <= header.count + header.size else {
                return .damaged("it is longer than its header says")
            }
            switch step {
            case .going: break
            case .ended:
                guard content.count == header.count + header.size else {
                    return .damaged("it is shorter than its header says")
                }
                guard position == packed.count else { return .damaged("it has bytes past its end") }
                content.removeFirst(header.count)
                return .object(header.type, content)
            case .stuck: return .damaged("it is cut off")
            case .damaged(let text): return .damaged("zlib says “\(text)”")
            case .failed(let text): return .refused("zlib says “\(text)”")
            }
        }
    }

    private static func header(_ content: [UInt8]) -> (type: git_object_t, count: Int, size: Int)? {
        guard let end = content.prefix(64).firstIndex(of: 0) else { return nil }
        let words = String(decoding: content[..<end], as: UTF8.self).split(separator: " ")
        guard words.count == 2, let size = Int(words[1]), size >= 0 else { return nil }
        let type = git_object_string2type(String(words[0]))
        guard [GIT_OBJECT_COMMIT, GIT_OBJECT_TREE, GIT_OBJECT_BLOB, GIT_OBJECT_TAG].contains(type) else { return nil }
        return (type, end + 1, size)
    }
}

extension LooseObjects {
    /// The objects of a repository, of those that its `info/alternates` names, as far down as git follows them, and those
    /// of its work trees' snapshots.
    init(in commonDirectory: String) {
        let directory = commonDirectory + "/objects"
        var directories = [directory]
        var level = [directory]
        for _ in 0..<5 {
            level = level.flatMap(LooseObjects.alternates).filter { !directories.contains($0) }
            directories += level
        }
        self.directories = directories + [SnapshotStore.directory(in: commonDirectory)]
    }

    private static func alternates(_ directory: String) -> [String] {
        guard let text = FileSystem.read(directory + "/info/alternates") else { return [] }
        return text.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let path = String(decoding: line, as: UTF8.self)
            if path.hasPrefix("#") { return nil }
            return path.hasPrefix("/") ? path : directory + "/" + path
        }
    }
}
