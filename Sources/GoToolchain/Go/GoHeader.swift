public import Benchmarks
import Foundation

/// What Go reads of a file to find out which packages are needed: the build constraints, the package's name and the imports.
///
/// Files of the same name with equal headers are to `go list` the same file, whatever they do otherwise.
struct GoHeader: Hashable, Sendable {
    /// All before the first declaration, comments aside.
    private var tokens: [[UInt8]] = []
    /// The lines that may be build constraints.
    private var constraints: [[UInt8]] = []

    private static let declarations = ["func", "var", "const", "type"].map { Array($0.utf8) }

    /// Reads a file.
    ///
    /// - Returns: nil when it does not begin as a Go file, or when more than its header decides: files to embed are named
    ///   anywhere, and C may include anything.
    init?(_ source: [UInt8]) {
        var (reader, end) = (GoTokens(source), source.count)
        reading: while let token = reader.next() {
            switch token {
            case .word(let word) where GoHeader.declarations.contains(where: source[word].elementsEqual):
                end = word.lowerBound
                break reading
            case .word(let word): tokens.append(Array(source[word]))
            case .text(let text): tokens.append(GoHeader.quoted(source[text]))
            case .sign(let sign): tokens.append([sign])
            }
        }
        guard tokens.first?.elementsEqual("package".utf8) == true,
            !["embed", "C"].contains(where: { tokens.contains(GoHeader.quoted($0.utf8)) })
        else { return nil }
        let word = Data("build".utf8)
        constraints = source[..<end].split(separator: UInt8(ascii: "\n")).map(Array.init)
            .filter { Data($0).range(of: word) != nil }
    }

    /// A text as a token: told from a word.
    private static func quoted(_ text: some Sequence<UInt8>) -> [UInt8] { [UInt8(ascii: "\"")] + text }
}

extension Inputs {
    /// Whether Go would name the same inputs of a package once more (`Toolchain.inputs(ofPackage:in:options:)`) after one of
    /// them has changed: it finds other code in a file, but no other imports.
    ///
    /// - Parameters:
    ///   - path: The file or folder that changed, relative to the root.
    ///   - package: The package's folder, `.` for the root.
    ///   - old: The file's content, or the path that a symbolic link points to; nil for a folder and for nothing.
    ///   - new: The same after the change.
    public func stand(after path: String, of package: String, from old: [UInt8]?, to new: [UInt8]?) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().joined(separator: "/")
        guard let name = parts.last, directories.contains(folder) else { return false }
        if name == "testdata" {
            // No import leads there, unless one does.
            return old == nil && new == nil && !directories.contains { $0 == path || $0.hasPrefix(path + "/") }
        }
        // Of packages that are imported, Go leaves the tests alone.
        if name.hasSuffix("_test.go"), folder != (package == "." ? "" : package) { return true }
        guard name.hasSuffix(".go"), let old, let new, let header = GoHeader(old) else { return false }
        return header == GoHeader(new)
    }
}
