import Foundation
import Git
import Measuring
import Reports
import Synchronization

/// Where words go: data to standard output, everything else to standard error.
final class Console: Sendable {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let terminal: TerminalArguments
    private let start = ContinuousClock.now
    private let line = Mutex(ProgressLine())
    /// The commit that stands for the work tree; nil where none does.
    private let workTree = Mutex<ObjectID?>(nil)
    /// When plain lines last reported how many benchmarks are measured, which may be thousands.
    private let lastCount = Mutex<ContinuousClock.Instant?>(nil)

    /// A console that shows as much progress as the user wants.
    init(_ terminal: TerminalArguments) { self.terminal = terminal }

    /// Whether standard output is a terminal that nobody keeps colours from. See https://no-color.org.
    static var hasColor: Bool { isatty(STDOUT_FILENO) == 1 && !isSet("NO_COLOR") && variables["TERM"] != "dumb" }

    /// Whether standard output is a terminal that follows links, which it cannot be asked: those that are known do.
    static var hasLinks: Bool {
        guard isatty(STDOUT_FILENO) == 1, !isSet("NO_HYPERLINKS"), variables["TERM"] != "dumb" else { return false }
        let names = ["DOMTERM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "WT_SESSION"]
        let programs = ["ghostty", "Hyper", "iTerm.app", "rio", "vscode", "WarpTerminal", "WezTerm"]
        let kinds = ["alacritty", "contour", "foot", "xterm-ghostty", "xterm-kitty"]
        return isSet("FORCE_HYPERLINK") || names.contains(where: isSet)
            || programs.contains(variables["TERM_PROGRAM"] ?? "")
            || kinds.contains { (variables["TERM"] ?? "").hasPrefix($0) }
            // The version of the library below GNOME's terminals, 0.50.0 as 5000.
            || Int(variables["VTE_VERSION"] ?? "") ?? 0 >= 5000
    }

    /// The name of this machine, as links to its files have it.
    static var host: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static var variables: [String: String] { ProcessInfo.processInfo.environment }

    private static func isSet(_ name: String) -> Bool { !(variables[name] ?? "").isEmpty }

    /// The columns that tables may have: those of the terminal that standard output is, or what COLUMNS says; nil for
    /// any number.
    static var outputWidth: Int? {
        let told = (ProcessInfo.processInfo.environment["COLUMNS"]).flatMap { Int($0) }
        return told.flatMap { $0 > 0 ? $0 : nil } ?? width(of: STDOUT_FILENO)
    }

    /// The columns of a terminal; nil when it is none.
    private static func width(of descriptor: Int32) -> Int? {
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
    }

    /// Writes data to standard output.
    ///
    /// - Throws: `BrokenPipe` when nobody reads it any more.
    static func print(_ text: String) throws {
        try write(text, to: STDOUT_FILENO)
    }

    /// Writes a line to standard error.
    static func printError(_ text: String) {
        let text = text.withoutPasswords
        try? write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
    }

    /// Prints notes that what goes to standard output has no place for.
    static func printNotes(_ notes: [String]) {
        for note in notes { printError("note: \(note.terminalSafe)") }
    }

    /// Writes text to the end of a file.
    static func append(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o644)
        guard descriptor >= 0 else { throw AppendError(path: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        try write(text, to: descriptor)
    }

    /// Shows what the engine tells: a line that is rewritten on a terminal, plain lines elsewhere.
    @Sendable func show(_ event: Event) {
        if terminal.quiet { return }
        if case .workTree(let commit) = event { workTree.withLock { $0 = commit } }
        if case .benchmarks = event, !isCountDue() { return }
        let text = event.line.map(named)
        guard rewrites else {
            if let text { printProgress(text) }
            return
        }
        line.withLock { line in
            switch event {
            case .progress: line.left = text
            // All has been searched by then.
            case .explaining: line = ProgressLine(activity: text)
            default: line.activity = text ?? line.activity
            }
            let shown = line.text(width: (Console.width(of: STDERR_FILENO) ?? 80) - 1)
            try? Console.write("\r\u{1b}[K\(shown)", to: STDERR_FILENO)
        }
    }

    /// A text in which the work tree is called so.
    private func named(_ text: String) -> String {
        workTree.withLock { $0 }.map { text.replacing($0.short, with: "the work tree") } ?? text
    }

    private func isCountDue() -> Bool {
        lastCount.withLock { last in
            let now = ContinuousClock.now
            if !rewrites, let last, now - last < .seconds(5) { return false }
            last = now
            return true
        }
    }

    /// Tells progress on a line of its own.
    private func printProgress(_ text: String) {
        guard terminal.verbose else { return Console.printError(text) }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        Console.printError("\(String(format: "%7.1f", seconds)) s  \(text)")
    }

    /// Whether progress is one line that changes.
    private var rewrites: Bool { isTerminal && !terminal.verbose }

    /// Takes the progress line away.
    func clear() {
        guard rewrites else { return }
        line.withLock { line in
            guard line != ProgressLine() else { return }
            try? Console.write("\r\u{1b}[K", to: STDERR_FILENO)
            line = ProgressLine()
        }
    }

    private static func write(_ text: String, to descriptor: Int32) throws {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { bytes = bytes.dropFirst(count) } else if errno != EINTR { throw BrokenPipe() }
        }
    }
}

/// What a terminal shows while something is measured.
struct ProgressLine: Hashable {
    /// How much is left; nil where that is not known.
    var left: String?
    /// What is done now; nil before anything is.
    var activity: String?

    /// Both as one line, what is left first, in no more columns than these.
    func text(width: Int) -> String {
        [left, activity].compactMap(\.self).joined(separator: " · ").shortened(to: max(10, width))
    }
}

/// Nobody reads our output any more.
struct BrokenPipe: Error {}

/// A file that could not be written to.
struct AppendError: Error, CustomStringConvertible {
    let path, reason: String
    var description: String { "Nothing could be written to \(path): \(reason). Check that the file is writable." }
}
