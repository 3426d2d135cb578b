/// A choice of files, by path, to be compared between commits.
///
/// Paths are relative to the root of the repository and have slashes between their parts; `""` is the root itself.
public struct TreeSelection: Hashable, Sendable, Codable {
    /// Whole files, and whole directories with everything below. Being absent counts as a content of its own.
    public var paths: Set<String>
    /// Directories of which only those files count that lie directly in them and that Go may compile: those whose
    /// names end in one of `fileSuffixes`.
    public var directories: Set<String>

    /// Makes a selection from its two parts.
    public init(paths: Set<String> = [], directories: Set<String> = []) {
        self.paths = paths
        self.directories = directories
    }

    /// Whether a file is among those that were chosen.
    public func contains(_ path: String) -> Bool {
        if paths.contains("") || paths.contains(path) { return true }
        let slashes = path.indices.filter { path[$0] == "/" }
        let directory = slashes.last.map { String(path[..<$0]) } ?? ""
        if directories.contains(directory), TreeSelection.fileSuffixes.contains(where: path.hasSuffix) { return true }
        return slashes.contains { paths.contains(String(path[..<$0])) }
    }

    /// The names of files that `go build` may use, by their ending.
    public static let fileSuffixes: [String] = [
        ".go", ".s", ".S", ".sx", ".c", ".h", ".cc", ".cpp", ".cxx", ".hh", ".hpp", ".hxx", ".m", ".f", ".F", ".for",
        ".f90", ".swig", ".swigcxx", ".syso",
    ]
}
