import Benchmarks
import Foundation

/// The test files of a package as a binary needs them that runs benchmarks alone.
///
/// In a package with many tests, those are most of what there is to compile. A test, fuzz test or example keeps its place and
/// its name, and all of it is type-checked still, but its body begins with a panic, which spares the compiler what comes
/// behind. No line moves, and what benchmarks run is compiled from the same text:
///
/// ```go
/// func TestDecode(t *testing.T) {panic("…");
/// ```
///
/// Only a function is emptied whose name stands once in the package's test files, comments aside: nothing else can refer to
/// it there, and no other package sees it. Nothing is emptied where a process may be started that runs tests, or where a
/// linker's name may lead to one. A call that comes some other way ends in the panic (`Failure.hasCalledIdleTest`). The
/// engine of fuzz tests goes with them.
struct IdleTests {
    /// The file for `-overlay`, which also has all that the others had.
    let overlay: String
    /// Where the overlay and the files are.
    private let folder: String

    /// What the panic says.
    static let mark = "allocbisect built the benchmarks without this test"
    /// Words that tell of processes which run tests, or of functions that are called by another name.
    private static let vetoes = [
        "os/exec", "StartProcess", "os.Executable", "os.Args[0]", "/proc/self/exe", "\"test.run", "go:linkname",
    ]

    /// Writes the test files of a package that have idle tests.
    ///
    /// - Parameters:
    ///   - directory: The package's folder, spelled as Go is given it.
    ///   - overlays: The overlays to join: the measuring one and that of what benchmarks never call.
    ///   - folder: Where to write, a folder that is not there yet.
    /// - Returns: nil when there is nothing to leave out, or when it cannot be done: then all is to be compiled.
    init?(ofPackageAt directory: String, overlays: [String], in folder: String) {
        // Go's linker reads paths by the line.
        guard !(directory + folder).contains(where: \.isNewline),
            let names = try? FileManager.default.contentsOfDirectory(atPath: directory)
        else { return nil }
        var files: [String: GoFunctions] = [:]
        for name in names where name.hasSuffix("_test.go") {
            guard let data = Scratch.contents("\(directory)/\(name)"),
                !IdleTests.vetoes.contains(where: { data.range(of: Data($0.utf8)) != nil })
            else { return nil }
            files[name] = GoFunctions([UInt8](data))
        }
        let words = files.values.reduce(into: [:]) { $0.merge($1.words, uniquingKeysWith: +) }
        var texts: [String: [UInt8]] = [:]
        for (name, file) in files {
            let idle = file.functions.filter { words[$0.name] == 1 }
            if !idle.isEmpty { texts[name] = file.text(inserting: "panic(\"\(IdleTests.mark)\");", into: idle) }
        }
        guard !overlays.isEmpty, !texts.isEmpty || overlays.count > 1 else { return nil }
        var replacements: [String: String] = [:]
        for overlay in overlays {
            guard let data = FileManager.default.contents(atPath: overlay),
                let known = try? JSONDecoder().decode([String: [String: String]].self, from: data)["Replace"]
            else { return nil }
            replacements.merge(known) { $1 }
        }
        (self.folder, self.overlay) = (folder, folder + "/overlay.json")
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            for (name, text) in texts {
                try Data(text).write(to: URL(filePath: "\(folder)/\(name)"), options: .withoutOverwriting)
                replacements["\(directory)/\(name)"] = "\(folder)/\(name)"
            }
            let data = try JSONEncoder().encode(["Replace": replacements])
            try data.write(to: URL(filePath: self.overlay), options: .withoutOverwriting)
        } catch {
            remove()
            return nil
        }
    }

    /// Removes what was written.
    func remove() { try? Scratch.remove(folder) }
}

extension Failure {
    /// Whether a benchmark called a test that its binary was built without.
    var hasCalledIdleTest: Bool { message.contains(IdleTests.mark) }
}

/// The functions of a Go file that only `go test` calls, as far as the file itself tells.
struct GoFunctions {
    /// A test, fuzz test or example, and where its body begins: behind the brace.
    struct Function: Equatable {
        let name: String
        let body: Int
    }

    private(set) var functions: [Function] = []
    /// How often each word stands outside of comments that begins as the name of such a function does.
    private(set) var words: [String: Int] = [:]
    private let source: [UInt8]

    private static let prefixes = ["Test", "Fuzz", "Example"].map { Array($0.utf8) }

    /// Looks through a file, which need not be correct.
    init(_ source: [UInt8]) {
        self.source = source
        var (depth, open) = (0, Declaration.none)
        var tokens = GoTokens(source)
        while let token = tokens.next() {
            switch token {
            case .text(let range):
                var rest = range
                while let word = GoTokens.word(in: source, &rest) { count(word) }
                open = .none
            case .word(let range):
                count(range)
                switch open {
                case .keyword: open = .named(range)
                case .parameters: break
                default: open = depth == 0 && source[range].elementsEqual("func".utf8) ? .keyword : .none
                }
            case .sign(let sign):
                let wasOutside = depth == 0
                if "({[".utf8.contains(sign) { depth += 1 }
                if ")}]".utf8.contains(sign) { depth -= 1 }
                switch (open, sign) {
                case (.named(let name), UInt8(ascii: "(")) where wasOutside: open = .parameters(name)
                case (.parameters(let name), UInt8(ascii: ")")) where depth == 0: open = .complete(name)
                case (.parameters, _): break
                case (.complete(let name), UInt8(ascii: "{")):
                    let text = String(decoding: source[name], as: UTF8.self)
                    if isOfTests(name), text != "TestMain" { functions.append(.init(name: text, body: tokens.place)) }
                    open = .none
                default: open = .none
                }
            }
        }
    }

    /// How far the declaration of a function has been read.
    private enum Declaration {
        case none
        case keyword
        case named(Range<Int>)
        case parameters(Range<Int>)
        case complete(Range<Int>)
    }

    private func isOfTests(_ word: Range<Int>) -> Bool {
        GoFunctions.prefixes.contains { source[word].starts(with: $0) }
    }

    private mutating func count(_ word: Range<Int>) {
        if isOfTests(word) { words[String(decoding: source[word], as: UTF8.self), default: 0] += 1 }
    }

    /// The file with a statement at the beginning of some of its functions.
    func text(inserting statement: String, into functions: [Function]) -> [UInt8] {
        var (text, start): ([UInt8], Int) = ([], 0)
        for function in functions {
            text += source[start..<function.body]
            text += statement.utf8
            start = function.body
        }
        return text + source[start...]
    }
}
