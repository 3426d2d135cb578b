import Foundation

extension Probe {
    /// The files of `internal/fuzz`, the engine of fuzz tests, as a binary needs them that runs benchmarks alone: what
    /// `testing` calls, with bodies that only panic (`IdleTests`). Nothing but `go test -fuzz` and fuzz tests comes there, and
    /// a linker would have to read what the engine imports: encoders, a Go parser, and processes.
    ///
    /// - Returns: The text by path, empty where a file goes; none when the toolchain's source does not match the rule.
    static func idleFuzzing(sources: String) -> [String: String] {
        let folder = "internal/fuzz"
        guard let user = try? String(contentsOfFile: sources + "/testing/internal/testdeps/deps.go", encoding: .utf8),
            let names = try? FileManager.default.contentsOfDirectory(atPath: "\(sources)/\(folder)")
        else { return [:] }
        let files = names.filter { $0.hasSuffix(".go") && !$0.hasSuffix("_test.go") }
        let texts = files.compactMap { try? String(contentsOfFile: "\(sources)/\(folder)/\($0)", encoding: .utf8) }
        guard files.contains("fuzz.go"), let stub = idleFuzzing(texts, for: user) else { return [:] }
        var idle = Dictionary(uniqueKeysWithValues: files.map { ("\(folder)/\($0)", "") })
        idle["\(folder)/fuzz.go"] = stub
        return idle
    }

    /// One file instead of a package's own, which has what another one uses of it; nil unless each of that is declared once
    /// and in one of the forms that are known.
    ///
    /// - Parameters:
    ///   - texts: The files of `internal/fuzz`.
    ///   - user: The file that uses it.
    static func idleFuzzing(_ texts: [String], for user: String) -> String? {
        let used = Set(user.matches(of: /\bfuzz\.([A-Z]\w*)/).map(\.1))
        let all = "\n" + texts.joined(separator: "\n")
        var stub = "package fuzz\n\nimport (\n\t\"context\"\n\t\"io\"\n\t\"reflect\"\n\t\"time\"\n)\n"
        // What an import is for need not be in what is left.
        stub += "\nvar (\n\t_ context.Context\n\t_ io.Writer\n\t_ reflect.Type\n\t_ time.Duration\n)\n"
        for name in used.sorted() {
            let functions = all.ranges(of: "\nfunc \(name)(")
            let types = all.ranges(of: "\ntype \(name) = struct {\n") + all.ranges(of: "\ntype \(name) struct {\n")
            guard functions.count + types.count == 1, let start = (functions + types).first?.lowerBound else {
                return nil
            }
            if functions.isEmpty {
                guard let end = all[start...].firstRange(of: "\n}\n")?.upperBound else { return nil }
                stub += all[start..<end]
            } else {
                let line = all[start...].dropFirst().prefix { $0 != "\n" }
                guard line.hasSuffix(" {") else { return nil }
                stub += "\n\(line) panic(\"\(IdleTests.mark)\") }\n"
            }
        }
        let code = stub.replacing(/\/\/.*/, with: "")
        let packages = Set(code.matches(of: /\b([a-z]\w*)\.[A-Z]/).map { String($0.1) })
        return packages.isSubset(of: ["context", "io", "reflect", "time"]) ? stub : nil
    }
}
