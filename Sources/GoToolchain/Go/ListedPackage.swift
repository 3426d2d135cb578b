import Foundation

/// A package or a test's variant of one, as `go list -json` tells of it after it was to be compiled.
struct ListedPackage: Decodable {
    struct Trouble: Decodable {
        var text: String
        enum CodingKeys: String, CodingKey { case text = "Err" }
    }

    /// The import path; for a test's variant with the test's own in brackets behind it.
    var path: String
    /// The folder; nil when it does not exist.
    var directory: String?
    /// The compiled package; nil when it could not be compiled.
    var export: String?
    var error: Trouble?
    /// The paths of all packages that it needs.
    var dependencies: [String]?
    var dependencyErrors: [Trouble]?
    /// The names of its test files, and of those of the package of tests outside it.
    var testFiles: [String]?
    var outerTestFiles: [String]?

    enum CodingKeys: String, CodingKey {
        case path = "ImportPath"
        case directory = "Dir"
        case export = "Export"
        case error = "Error"
        case dependencies = "Deps"
        case dependencyErrors = "DepsErrors"
        case testFiles = "TestGoFiles"
        case outerTestFiles = "XTestGoFiles"
    }

    /// The flag that asks for what compiling gave.
    static let flag = "-json=ImportPath,Dir,Export,Error,Deps,DepsErrors"
    /// The flag that asks for test files.
    static let testsFlag = "-json=ImportPath,Dir,Error,TestGoFiles,XTestGoFiles"

    /// Whether it is a package recompiled for a test, or a package of tests.
    var isVariant: Bool { path.hasSuffix("]") }
    /// What Go says is wrong; Go 1.19 leaves it to what the compiler prints.
    var errorText: String {
        (CollectionOfOne(error) + (dependencyErrors ?? [])).compactMap { $0?.text }.joined(separator: "\n")
    }

    /// Reads objects that follow one another, each of which ends with a brace at a line's beginning.
    static func read(_ lines: [String]) -> [ListedPackage] {
        lines.split(separator: "}").compactMap { lines in
            try? JSONDecoder().decode(ListedPackage.self, from: Data((lines.joined(separator: "\n") + "}").utf8))
        }
    }
}
