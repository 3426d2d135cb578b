/// Finds the functions that Go source declares, by the lines that gofmt gives them.
public enum FunctionLines {
    /// The lines of the declarations, from 1, by the names that the compiler uses: `F`, `T.M` and `(*T).M`, without
    /// type parameters. Of several functions of a name, as `init` may have, the first counts.
    public static func read(_ source: String) -> [String: Int] {
        var lines: [String: Int] = [:]
        var number = 0
        for line in source.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            guard line.starts(with: "func ".utf8), let name = name(declaredBy: String(decoding: line, as: UTF8.self))
            else { continue }
            lines[name] = lines[name] ?? number
        }
        return lines
    }

    private static func name(declaredBy line: String) -> String? {
        // A line may hold a million blanks: what was taken is never given back.
        let declaration =
            /func (?:\(\s*+(?:\w++\s++)?(\*?)\s*+(\w++)\s*+(?:\[[^\]]*+\])?\s*+\)\s*+)?(\w++)\s*+[\[(]/
        guard let (_, star, type, name) = line.prefixMatch(of: declaration)?.output else { return nil }
        guard let type else { return String(name) }
        return star?.isEmpty == false ? "(*\(type)).\(name)" : "\(type).\(name)"
    }
}
