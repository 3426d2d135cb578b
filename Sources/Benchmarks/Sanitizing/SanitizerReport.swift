/// What a sanitizer found wrong at one place: what it is, and the stacks that led to it.
///
/// Addresses and the numbers of goroutines are left out, so that the same fault reads the same in each run.
///
/// Sources: https://go.dev/doc/articles/race_detector, https://github.com/google/sanitizers/wiki, and what Go's runtime
/// prints when it ends for `checkptr`.
public struct SanitizerReport: Codable, Hashable, Sendable {
    /// What it is and the functions that it is in, such as `data race: read in m.Get, write in m.Inc`.
    public let title: String
    /// The stacks, each after what it is of, such as `write by goroutine:`, and indented calls.
    public let lines: [String]

    /// Creates a report from its title and the lines below it, without their margin.
    public init(title: String, lines: [String]) { (self.title, self.lines) = (title, lines) }

    /// The report as one text: the title, and the lines with a margin.
    public var text: String { ([title] + lines.map { "    " + $0 }).joined(separator: "\n") }

    /// Takes a text apart that has several of them.
    public static func all(in text: String) -> [SanitizerReport] {
        var reports: [(title: String, lines: [String])] = []
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("    ") {
                if !reports.isEmpty { reports[reports.count - 1].lines.append(String(line.dropFirst(4))) }
            } else {
                reports.append((String(line), []))
            }
        }
        return reports.map { SanitizerReport(title: $0.title, lines: $0.lines) }
    }
}

extension Failure {
    /// What a sanitizer reported, which is a warning: the count of it is the value.
    public init(_ reports: [SanitizerReport]) {
        self.init(.reports, reports.map(\.text).joined(separator: "\n"))
    }

    /// What it reported; none for another failure.
    public var reports: [SanitizerReport] { isCounted ? SanitizerReport.all(in: message) : [] }

    /// The failure that stands after two rounds. What was reported in any of them stays, since values stay as well.
    public static func joining(_ earlier: Failure?, _ later: Failure?) -> Failure? {
        guard let earlier, earlier.isCounted else { return later }
        let known = Set(earlier.reports)
        return Failure((earlier.reports + (later?.reports ?? []).filter { !known.contains($0) }))
    }
}

/// Finds reports in what a process writes to standard error, line by line.
public struct SanitizerReader: Sendable {
    /// The different reports, in the order in which they came.
    public private(set) var reports: [SanitizerReport] = []
    private let root: String
    private var current: Draft?

    /// The different reports that are kept; a benchmark may make any number.
    static let most = 100
    /// The calls of a stack that are kept.
    private static let mostCalls = 12

    private enum Kind: Sendable { case race, memory, pointer }

    private struct Call: Sendable {
        var function: String
        var place = ""
        var isOurs = false
    }

    private struct Draft: Sendable {
        var kind: Kind
        var title: String
        var stacks: [Stack] = []
    }

    private struct Stack: Sendable {
        var heading: String
        /// The number of the goroutine that it is of, where the report has it.
        var goroutine: Substring?
        var calls: [Call] = []
    }

    /// A reader for a process that runs in a tree.
    public init(root: String) { self.root = root }

    /// Takes the next line, without its line break.
    public mutating func read(_ line: String) {
        if let start = SanitizerReader.start(line) {
            finish()
            current = start
        } else if let kind = current?.kind {
            switch kind {
            case .race: readRace(line)
            case .memory: readMemory(line)
            case .pointer: readPointer(line)
            }
        }
    }

    /// Ends the report that was begun.
    public mutating func finish() {
        guard let draft = current else { return }
        current = nil
        let report = draft.kind == .race ? SanitizerReader.race(draft) : SanitizerReader.fault(draft)
        if reports.count < SanitizerReader.most, !reports.contains(report) { reports.append(report) }
    }

    /// A race by its two accesses, each followed by where its goroutine was started.
    ///
    /// Which of them came first differs from run to run, so that they are put in order.
    private static func race(_ draft: Draft) -> SanitizerReport {
        let starts = draft.stacks.dropFirst(2).filter { $0.calls.contains(where: \.isOurs) }
        let accesses = draft.stacks.prefix(2).map { access in
            let stack = lines(of: access)
            let start = starts.first { $0.goroutine != nil && $0.goroutine == access.goroutine }
            let what = access.heading.firstRange(of: " by ").map { String(access.heading[..<$0.lowerBound]) }
            return (
                name: [what ?? access.heading, culprit(access).map { "in \($0)" }].compactMap { $0 }
                    .joined(separator: " "),
                lines: stack + (start.map(lines) ?? [])
            )
        }.sorted { ($0.name, $0.lines.joined()) < ($1.name, $1.lines.joined()) }
        return SanitizerReport(
            title: "\(draft.title): \(accesses.map(\.name).joined(separator: ", "))", lines: accesses.flatMap(\.lines))
    }

    private static func fault(_ draft: Draft) -> SanitizerReport {
        SanitizerReport(
            title: ([draft.title] + (draft.stacks.first.flatMap(culprit).map { ["in \($0)"] } ?? []))
                .joined(separator: " "),
            lines: draft.stacks.filter { !$0.calls.isEmpty }.flatMap(lines))
    }

    /// The function that a stack is blamed on: the innermost one of the repository.
    private static func culprit(_ stack: Stack) -> String? {
        let calls = telling(stack.calls)
        return (calls.first(where: \.isOurs) ?? calls.first)?.function
    }

    private static func lines(of stack: Stack) -> [String] {
        ["\(stack.heading):"] + telling(stack.calls).map { "  \($0.place)  \($0.function)" }
    }

    private static func start(_ line: String) -> Draft? {
        if line == "WARNING: DATA RACE" { return Draft(kind: .race, title: "data race") }
        for name in ["AddressSanitizer", "MemorySanitizer"] {
            guard line.hasPrefix("=="), let mark = line.firstRange(of: ": \(name): ") else { continue }
            let what = line[mark.upperBound...].prefix { $0 != " " }
            return Draft(kind: .memory, title: "\(name): \(what)", stacks: [Stack(heading: "found")])
        }
        guard let mark = line.firstRange(of: "fatal error: checkptr: ") else { return nil }
        return Draft(kind: .pointer, title: "checkptr: \(line[mark.upperBound...])")
    }

    private mutating func readRace(_ line: String) {
        if line.hasPrefix("======") {
            finish()
        } else if line.hasPrefix("      ") {
            add(place: line)
        } else if line.hasPrefix("  ") {
            add(Call(function: SanitizerReader.function(line.dropFirst(2))))
        } else if line.hasSuffix(":") {
            let number = line.firstMatch(of: /[Gg]oroutine (\d+)/)?.1
            current?.stacks.append(
                Stack(heading: SanitizerReader.heading(line).replacing("previous ", with: ""), goroutine: number))
        }
    }

    private mutating func readMemory(_ line: String) {
        if line.hasPrefix("SUMMARY: ") {
            finish()
        } else if let frame = line.wholeMatch(of: /\s+#\d+ 0x[0-9a-f]+ in (\S+) (.*)/) {
            add(Call(function: SanitizerReader.function(frame.1)))
            add(place: String(frame.2))
        } else if ["READ of size ", "WRITE of size "].contains(where: line.hasPrefix)
            || line.hasSuffix(":") && line.first?.isLetter == true
        {
            if current?.stacks.last?.calls.isEmpty == true { current?.stacks.removeLast() }
            current?.stacks.append(Stack(heading: SanitizerReader.heading(line)))
        }
    }

    private mutating func readPointer(_ line: String) {
        if line.hasPrefix("goroutine ") && current?.stacks.isEmpty == true {
            current?.stacks.append(Stack(heading: "found"))
        } else if line.isEmpty && current?.stacks.isEmpty == false {
            finish()
        } else if line.hasPrefix("\t") {
            add(place: String(line.dropFirst()))
        } else if !line.isEmpty, !line.hasPrefix("created by ") {
            add(Call(function: SanitizerReader.function(line[...])))
        }
    }

    private mutating func add(_ call: Call) {
        guard let last = current?.stacks.indices.last else { return }
        current?.stacks[last].calls.append(call)
    }

    /// Notes where the last call is: a file and a line, before an offset.
    private mutating func add(place: String) {
        guard let last = current?.stacks.indices.last, let call = current?.stacks[last].calls.indices.last else {
            return
        }
        let path = String(place.drop(while: \.isWhitespace).prefix { $0 != " " })
        let ours = path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : nil
        // Where Go is installed does not belong to the fault.
        let shown = ours ?? path.split(separator: "/").suffix(2).joined(separator: "/")
        current?.stacks[last].calls[call].place = shown
        current?.stacks[last].calls[call].isOurs = ours != nil
    }

    /// The calls down to the last one of the repository's own, without those of the runtime that found it.
    private static func telling(_ calls: [Call]) -> [Call] {
        let all = calls.drop { $0.function.hasPrefix("runtime.") }
        guard let last = all.lastIndex(where: \.isOurs) else { return Array(all.prefix(3)) }
        return Array(all[...last].prefix(mostCalls))
    }

    /// A function as it is called elsewhere: without the folders of its package and without arguments.
    private static func function(_ text: Substring) -> String {
        var text = text
        if text.hasSuffix(")"), let start = text.lastIndex(of: "("), start != text.startIndex { text = text[..<start] }
        return String(text.split(separator: "/").last ?? text)
    }

    /// A heading without what differs from run to run: addresses and numbers.
    private static func heading(_ line: String) -> String {
        let text = (line.hasSuffix(":") ? line.dropLast() : line[...])
            .replacing(/\ at\ 0x[0-9a-f]+|\ \(\w+\)|\ thread\ T\d+$/, with: "")
            .replacing(/(?<who>[Gg]oroutine|thread) T?\d+/) { String($0.output.who) }
        return String(text.hasSuffix(" at") ? text.dropLast(3) : text[...]).lowercased()
    }
}
