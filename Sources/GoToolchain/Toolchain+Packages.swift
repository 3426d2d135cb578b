import Benchmarks
import Foundation

/// A package of a checked-out tree that has benchmarks in its test files.
public struct GoPackage: Sendable, Hashable, Codable {
    /// The import path.
    public let importPath: String
    /// The folder relative to the tree's root, `.` for the root.
    public let directory: String
    /// The names of the benchmark functions that its test files declare.
    public let functions: [String]

    /// A package.
    public init(importPath: String, directory: String, functions: [String]) {
        self.importPath = importPath
        self.directory = directory
        self.functions = functions
    }
}

extension Toolchain {
    /// The packages that match patterns such as `./...`, of those that declare benchmarks.
    ///
    /// - Parameters:
    ///   - patterns: Patterns as the go command takes them, relative to `folder`.
    ///   - folder: The folder relative to the tree's root that patterns start from, empty for the root.
    /// - Throws: `GoError` when a pattern cannot be listed at all.
    public func packages(
        matching patterns: [String], from folder: String, in root: String, options: BuildOptions
    ) async throws -> [GoPackage] {
        var found: [String: GoPackage] = [:]
        for pattern in patterns {
            let (start, rest) = Toolchain.split(pattern, from: folder)
            for package in try await packages(matching: rest, from: start, in: root, options: options) {
                found[package.directory] = package
            }
        }
        return found.values.sorted { $0.directory < $1.directory }
    }

    /// A pattern's fixed folder, in which Go is to start so that nested modules are found, and what remains of it.
    static func split(_ pattern: String, from folder: String) -> (folder: String, pattern: String) {
        guard [".", "..", "..."].contains(pattern) || pattern.hasPrefix("./") || pattern.hasPrefix("../") else {
            return (folder, pattern)
        }
        var parts = folder.split(separator: "/").map(String.init)
        var rest = pattern.split(separator: "/").map(String.init)[...]
        while let part = rest.first, !part.contains("...") {
            rest.removeFirst()
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
        }
        return (parts.joined(separator: "/"), rest.isEmpty ? "." : "./" + rest.joined(separator: "/"))
    }

    private func packages(
        matching pattern: String, from folder: String, in root: String, options: BuildOptions
    ) async throws -> [GoPackage] {
        let layout = ModuleLayout(root: root)
        if layout.nearest("go.mod", above: folder) == nil {
            guard pattern == "./..." else { return [] }
            // Neither a module nor in one: what is meant are the modules below, as a workspace has them.
            var found: [GoPackage] = []
            for module in layout.modules(below: folder) {
                found += try await packages(matching: pattern, from: module, in: root, options: options)
            }
            return found
        }
        let directory = folder.isEmpty ? root : "\(root)/\(folder)"
        guard FileManager.default.fileExists(atPath: directory) else { return [] }
        let template =
            "{{.ImportPath}}\t{{.Dir}}\t{{range .TestGoFiles}}{{.}}\t{{end}}{{range .XTestGoFiles}}{{.}}\t{{end}}"
        let lines = Lines()
        let outcome = try await go(
            ["list", "-e", "-buildvcs=false", "-f", template] + options.flags + [pattern], in: directory,
            workspace: layout.workspace(of: folder), options: options, lines.append)
        guard case .exited(0) = outcome.ending else {
            throw GoError(
                Toolchain.buildFailure(outcome.errorText).isPassing
                    || MachineFault(ofBuild: outcome.ending, saying: outcome.errorText) != nil ? .cannotRun : .list,
                "'go list \(pattern)' failed in \(folder.isEmpty ? "the repository's root" : folder): "
                    + outcome.errorText.firstLines(3))
        }
        return lines.all.compactMap { line in
            let fields = line.split(separator: "\t").map(String.init)
            guard fields.count > 2, let relative = fields[1].path(below: root) else { return nil }
            let functions = fields[2...].flatMap { Toolchain.benchmarks(inFile: "\(fields[1])/\($0)") }
            guard !functions.isEmpty else { return nil }
            return GoPackage(
                importPath: fields[0], directory: relative.isEmpty ? "." : relative, functions: functions)
        }
    }

    /// The benchmark functions declared in a test file, by the line that gofmt gives them.
    private static func benchmarks(inFile path: String) -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return data.split(separator: UInt8(ascii: "\n")).lazy
            .filter { $0.starts(with: "func Benchmark".utf8) }
            .compactMap { benchmark(declaredBy: String(decoding: $0, as: UTF8.self)) }
    }

    /// The benchmark function that a line declares: no lower-case letter after `Benchmark`, and a `*testing.B`.
    static func benchmark(declaredBy line: String) -> String? {
        let declaration = /func (Benchmark[\p{L}\p{Nd}_]*)\(\s*(?:(?:\w+\s*)?\*\s*(?:\w+\.)?B\s*\)|$)/
        guard let name = line.prefixMatch(of: declaration)?.1 else { return nil }
        return name.dropFirst(9).first?.isLowercase == true ? nil : String(name)
    }
}

extension String {
    /// The path relative to a folder; nil when it lies elsewhere. The folder itself is "".
    func path(below folder: String) -> String? {
        if self == folder { return "" }
        let prefix = (folder + "/").utf8
        return utf8.starts(with: prefix) ? String(decoding: utf8.dropFirst(prefix.count), as: UTF8.self) : nil
    }
}
