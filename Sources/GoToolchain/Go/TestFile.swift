import Benchmarks
import Foundation

/// What can be determined of the benchmarks and tests in a test file without compiling it.
struct TestFile {
    /// The words that begin with `Benchmark` or `Test`: each function that the file declares is among them, however it is
    /// spelled.
    private(set) var words: Set<String> = []
    /// The functions by the line that declares them, which may also stand in a comment.
    private(set) var declared: [String] = []

    /// Looks through a file; one that cannot be read has none.
    init(_ path: String) {
        guard let data = FileManager.default.contents(atPath: path) else { return }
        let bytes = [UInt8](data)
        for prefix in FunctionKind.allCases.map({ Array($0.rawValue.utf8) }) {
            var index = 0
            while let start = bytes[index...].firstIndex(of: prefix[0]) {
                index = start + 1
                guard bytes[start...].starts(with: prefix), start == 0 || !bytes[start - 1].isOfGoWord else {
                    continue
                }
                let end = bytes[start...].firstIndex { !$0.isOfGoWord } ?? bytes.count
                let word = String(decoding: bytes[start..<end], as: UTF8.self)
                if FunctionKind(of: word) != nil { words.insert(word) }
                index = end
            }
        }
        guard !words.isEmpty else { return }
        declared = bytes.split(separator: UInt8(ascii: "\n")).lazy
            .filter { $0.starts(with: "func Benchmark".utf8) || $0.starts(with: "func Test".utf8) }
            .compactMap { TestFile.function(declaredBy: String(decoding: $0, as: UTF8.self)) }
    }

    /// The benchmark or test that a line declares, by its name and its parameter: a `*testing.B` or `*testing.T`.
    static func function(declaredBy line: String) -> String? {
        let declaration =
            /func ((?:Benchmark|Test)[\p{L}\p{Nd}_]*)\s*\(\s*(?:(?:\w+\s*)?\*\s*(?:\w+\.)?([BT])\s*\)|$)/
        guard let match = line.prefixMatch(of: declaration), let kind = FunctionKind(of: match.1) else { return nil }
        let fits = match.2.map { $0 == (kind == .benchmark ? "B" : "T") } ?? true
        return fits ? String(match.1) : nil
    }
}
