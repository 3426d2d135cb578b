/// What a go.mod file says, as far as it is needed to tell what changed.
///
/// Source of the format: https://go.dev/ref/mod#go-mod-file
public struct ModuleFile {
    /// The module's path; empty when there is none.
    public private(set) var path = ""
    /// The oldest Go that it asks for, such as `1.21`; nil when it asks for none.
    public private(set) var goVersion: String?
    /// The version of each required module.
    public private(set) var required: [String: String] = [:]
    private var replacements: [String: String] = [:]
    /// The version of each required module, or what it is replaced by.
    public var versions: [String: String] { required.merging(replacements) { $1 } }

    /// Reads a file by its lines; those that cannot be understood say nothing.
    public init(_ lines: [Substring]) {
        var block: Substring?
        for line in lines {
            let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
            var words = code.split(whereSeparator: \.isWhitespace)
            if words.first == ")" { block = nil }
            guard let first = words.first, first != ")" else { continue }
            if words.last == "(" {
                block = first
                continue
            }
            let directive = block ?? words.removeFirst()
            if directive == "module", let name = words.first {
                path = name.filter { $0 != "\"" && $0 != "`" }
            } else if directive == "go" {
                goVersion = words.first.map(String.init)
            } else if directive == "require", words.count >= 2 {
                required[String(words[0])] = String(words[1])
            } else if directive == "replace", let arrow = words.firstIndex(of: "=>"), let path = words.first {
                replacements[String(path)] = words[(arrow + 1)...].joined(separator: " ")
            }
        }
    }
}
