import Foundation

/// What can be determined of the benchmarks in a test file without compiling it.
struct TestFile {
    /// The words that begin with `Benchmark`: each benchmark that the file declares is among them, however it is spelled.
    private(set) var words: Set<String> = []
    /// The benchmark functions by the line that declares them, which may also stand in a comment.
    private(set) var declared: [String] = []

    /// Looks through a file; one that cannot be read has none.
    init(_ path: String) {
        guard let data = FileManager.default.contents(atPath: path) else { return }
        let bytes = [UInt8](data)
        let prefix = Array("Benchmark".utf8)
        var index = 0
        while let start = bytes[index...].firstIndex(of: prefix[0]) {
            index = start + 1
            guard bytes[start...].starts(with: prefix), start == 0 || !TestFile.isWord(bytes[start - 1]) else {
                continue
            }
            let end = bytes[start...].firstIndex { !TestFile.isWord($0) } ?? bytes.count
            words.insert(String(decoding: bytes[start..<end], as: UTF8.self))
            index = end
        }
        guard !words.isEmpty else { return }
        declared = bytes.split(separator: UInt8(ascii: "\n")).lazy
            .filter { $0.starts(with: "func Benchmark".utf8) }
            .compactMap { TestFile.benchmark(declaredBy: String(decoding: $0, as: UTF8.self)) }
    }

    /// Whether a byte can belong to a name: a letter, a digit, or a part of what is no ASCII.
    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// The benchmark function that a line declares: no lower-case letter after `Benchmark`, and a `*testing.B`.
    static func benchmark(declaredBy line: String) -> String? {
        let declaration = /func (Benchmark[\p{L}\p{Nd}_]*)\s*\(\s*(?:(?:\w+\s*)?\*\s*(?:\w+\.)?B\s*\)|$)/
        guard let name = line.prefixMatch(of: declaration)?.1 else { return nil }
        return name.dropFirst(9).first?.isLowercase == true ? nil : String(name)
    }
}
