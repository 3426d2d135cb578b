import Foundation

/// A reader of something that came from elsewhere.
struct FuzzTarget: Sendable {
    /// The name of the target, and of its folder in the corpus.
    let name: String
    /// Parts of the format that are worth being put in.
    let words: [[UInt8]]
    /// Reads an input.
    ///
    /// - Throws: `Broken` when a rule does not hold; any other error is a fine end of a damaged input.
    let read: @Sendable ([UInt8]) throws -> Void

    /// A reader of bytes.
    static func bytes(
        _ name: String, words: [String] = [], _ read: @escaping @Sendable ([UInt8]) throws -> Void
    ) -> FuzzTarget {
        FuzzTarget(name: name, words: words.map { Array($0.utf8) }, read: read)
    }

    /// A reader of text, in which what is not UTF-8 is replaced.
    static func text(
        _ name: String, words: [String], _ read: @escaping @Sendable (String) throws -> Void
    ) -> FuzzTarget {
        bytes(name, words: words) { try read(String(decoding: $0, as: UTF8.self)) }
    }

    /// The target's inputs in the corpus, by name.
    func seeds(in corpus: String) throws -> [[UInt8]] {
        let folder = URL(filePath: corpus).appending(path: name)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return try names.map { [UInt8](try Data(contentsOf: folder.appending(path: $0))) }
    }
}
