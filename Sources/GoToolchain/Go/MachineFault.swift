/// Trouble that is in the machine, and not in what ran on it.
///
/// A failure counts against a commit only when something speaks against the commit: the words of a compiler about its
/// files, or those of a test binary. All else is the machine's, is reported with its remedy, and is never remembered.
struct MachineFault: Hashable {
    /// The tool's own words, or a sentence about what happened.
    let what: String
    /// What to do about it: a whole sentence.
    let remedy: String
    /// Whether Go said nothing that tells whose fault it is.
    private(set) var isUnknown = false

    /// How often something is tried that fails for the machine's sake.
    static let tries = 3

    /// The fault that a failed build comes from; nil when it is the commit's.
    ///
    /// - Parameter text: What Go said.
    init?(ofBuild ending: ChildProcess.Ending, saying text: String) {
        let lines = text.split(whereSeparator: \.isNewline)
        // A compiler's words about a place in a file may hold anything that stands in the file.
        if lines.contains(where: MachineFault.missesOwnPackage) {
            self.init(
                what: "Go does not find the packages of its own standard library",
                remedy: "Check that 'go build std' works; its build cache ('go env GOCACHE') may have no room.")
        } else if let found = MachineFault.known(MachineFault.marks, in: lines.filter { !MachineFault.namesPlace($0) })
        {
            self = found
        } else if case .signalled(let signal) = ending {
            self.init(what: "the go command was ended by signal \(signal)", remedy: "Try again.")
        } else if lines.contains(where: MachineFault.speaksOfCommit) {
            return nil
        } else {
            self.init(
                what: "the go command failed without naming a file: \(text.isEmpty ? "no output" : text)",
                remedy: "Run 'go test -c' in that folder to see why.")
            isUnknown = true
        }
    }

    /// The fault that a failed run comes from; nil when it is the benchmark's own.
    ///
    /// - Parameters:
    ///   - limits: With a memory limit, memory that runs out is the benchmark's own.
    init?(ofRun ending: ChildProcess.Ending, saying text: String, limits: Limits) {
        switch ending {
        case .signalled(let signal) where !MachineFault.ownSignals.contains(signal):
            let isKill = signal == 9
            self.init(
                what:
                    "the test binary was ended by signal \(signal)\(isKill ? ", as the kernel does when memory runs out" : "")",
                remedy: isKill
                    ? "Close other programs or lower -j; --memory-limit lowers what the benchmark itself may use."
                    : "Try again.")
        case .exited(0): return nil
        default:
            let marks = MachineFault.marks.prefix(limits.memory == nil ? 2 : 1)
            guard let found = MachineFault.known(marks, in: text.split(whereSeparator: \.isNewline)) else { return nil }
            self = found
        }
    }

    private init(what: String, remedy: String) { (self.what, self.remedy) = (what, remedy) }

    /// The signals that a process brings on itself: SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSEGV, SIGPIPE, SIGSYS.
    private static let ownSignals: Set<Int32> = [3, 4, 5, 6, 8, 11, 13, 31]

    private static func known(_ marks: some Sequence<Mark>, in lines: [Substring]) -> MachineFault? {
        for mark in marks {
            guard let line = lines.first(where: { line in mark.texts.contains(where: line.contains) }) else { continue }
            return MachineFault(what: line.trimmingPrefix { $0.isWhitespace }.description, remedy: mark.remedy)
        }
        return nil
    }

    private typealias Mark = (texts: [String], remedy: String)

    private static let marks: [Mark] = [
        (
            [
                "no space left on device", "disk quota exceeded", ": file too large",
                "signal: file size limit exceeded",
            ],
            "Make room where Go keeps its build cache ('go env GOCACHE'), where temporary files go, and where the "
                + "repository is."
        ),
        (
            ["cannot allocate memory", "Cannot allocate memory", "out of memory", "signal: killed"],
            "Memory ran out: close other programs, or lower -j."
        ),
        (["too many open files"], "Raise the number of open files with 'ulimit -n', or lower -j."),
        (
            ["resource temporarily unavailable", "Resource temporarily unavailable"],
            "No process could be started: end others, raise 'ulimit -u', or lower -j."
        ),
        (
            ["permission denied", "operation not permitted", "read-only file system"],
            "Check the permissions of what is named there."
        ),
        (
            [
                "input/output error", "stale file handle", "no locks available", "device or resource busy",
                "transport endpoint is not connected", "structure needs cleaning",
            ], "Check the disk."
        ),
        (["signal: "], "One of Go's tools was killed from outside: try again."),
        (
            [
                "creating work dir", "build cache", "module cache not found", "cannot find GOROOT",
            ],
            "Check that 'go build' works at all on this machine."
        ),
    ]

    /// Whether a line names a place in a file, as compilers do: `./m.go:3:5: …`.
    private static func namesPlace(_ line: Substring) -> Bool {
        line.firstMatch(of: /^[^:]*\.[A-Za-z0-9]+:\d+/) != nil
    }

    /// Whether a file of the standard library is said to lack another package of it:
    /// `/go/src/a/a.go:8:2: package b is not in GOROOT (/go/src/b)`.
    private static func missesOwnPackage(_ line: Substring) -> Bool {
        guard let found = line.firstMatch(of: /^(\/.*):\d+:\d+: package (\S+) is not in (?:GOROOT|std) \((.*)\)$/),
            found.3.hasSuffix("/" + found.2)
        else { return false }
        return found.1.hasPrefix(found.3.dropLast(found.2.count))
    }

    private static func speaksOfCommit(_ line: Substring) -> Bool {
        namesPlace(line)
            || ["# ", "go: ", "package ", "no Go files", "no non-test Go files"].contains(where: line.hasPrefix)
            || ["build constraints exclude all Go files", "no required module", "is not in", "main module"]
                .contains(where: line.contains)
    }
}
