/// One goroutine of a dump: what it is doing, where, and who started it.
public struct GoroutineTrace: Hashable, Sendable {
    /// A call in a stack.
    public struct Frame: Hashable, Sendable {
        /// The function with its package, without arguments, e.g. `example.com/m.(*T).run`, `main.F[...]`,
        /// `main.F.func1`.
        public let function: String
        /// The file as Go knows it, most often an absolute path.
        public let file: String
        /// The line, from 1.
        public let line: Int

        /// Creates a call on a stack.
        public init(function: String, file: String, line: Int) {
            self.function = function
            self.file = file
            self.line = line
        }
    }

    /// What it waits for or does, e.g. `chan receive`, `chan send (nil chan)`, `select (no cases)`, `running`; without
    /// how long, or whether it is bound to a thread.
    public let state: String
    /// Whether Go knows that it can never go on, as Go 1.26 and newer do after a `goroutineleak` profile.
    public let isLeaked: Bool
    /// The calls, innermost first, as far as Go printed them.
    public let frames: [Frame]
    /// The function that started it, at the `go` statement; nil for the main goroutine.
    public let createdBy: Frame?

    /// Creates a goroutine with its stack.
    public init(state: String, isLeaked: Bool, frames: [Frame], createdBy: Frame?) {
        self.state = state
        self.isLeaked = isLeaked
        self.frames = frames
        self.createdBy = createdBy
    }

    /// The trace without the runtime's own calls at its inner end, which follow from the state.
    public var withoutRuntime: GoroutineTrace {
        let rest = frames.drop { $0.function.hasPrefix("runtime.") }
        return GoroutineTrace(
            state: state, isLeaked: isLeaked, frames: rest.isEmpty ? frames : Array(rest), createdBy: createdBy)
    }
}

extension GoroutineTrace {
    /// Reads a dump of all goroutines, as `pprof.Lookup("goroutine").WriteTo(w, 2)` and `runtime.Stack` write it.
    ///
    /// - Returns: The goroutines in the dump's order. Of a damaged or cut text, what can be read.
    public static func parse(_ text: String) -> [GoroutineTrace] {
        var reader = GoroutineReader()
        var lines = LineSplitter()
        var text = text
        text.withUTF8 { lines.append(UnsafeRawBufferPointer($0)) { reader.read($0) } }
        lines.finish { reader.read($0) }
        return reader.finish()
    }
}

extension GoroutineTrace.Frame {
    /// Reads the two lines of a call: the function's, and the one with the place, e.g. `\t/tmp/x.go:7 +0x1d`.
    init?(function: String, place: String) {
        let bytes = place.utf8
        guard bytes.first == UInt8(ascii: "\t"), let colon = bytes.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let rest = bytes[bytes.index(after: colon)...]
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        // Offsets follow, in a crash also addresses.
        guard rest.count == digits.count || rest[digits.endIndex] == UInt8(ascii: " "),
            let line = Int(Substring(digits)), line > 0
        else { return nil }
        let file = String(place[place.index(after: place.startIndex)..<colon])
        guard !file.isEmpty else { return nil }
        self.init(function: function, file: file, line: line)
    }
}

/// Goroutines of a dump that do the same thing in the same place and were started by the same statement.
public struct GoroutineGroup: Hashable, Sendable {
    /// What they have in common, without the runtime's own calls at the inner end.
    public let trace: GoroutineTrace
    /// How many they are.
    public let count: Int

    /// Creates a group of goroutines that are alike.
    public init(trace: GoroutineTrace, count: Int) {
        self.trace = trace
        self.count = count
    }

    /// Groups goroutines; the largest group comes first, and among equals the order is that of their texts.
    public static func groups(of traces: [GoroutineTrace]) -> [GoroutineGroup] {
        var counts: [GoroutineTrace: Int] = [:]
        for trace in traces { counts[trace, default: 0] += 1 }
        var groups: [GoroutineTrace: Int] = [:]
        for (trace, count) in counts { groups[trace.withoutRuntime, default: 0] += count }
        return groups.map { (group: GoroutineGroup(trace: $0.key, count: $0.value), text: text($0.key)) }
            .sorted { $0.group.count != $1.group.count ? $0.group.count > $1.group.count : $0.text < $1.text }
            .map(\.group)
    }

    private static func text(_ trace: GoroutineTrace) -> String {
        let calls = (trace.frames + (trace.createdBy.map { [$0] } ?? [])).map { "\($0.function) \($0.file):\($0.line)" }
        return ([trace.state, "\(trace.isLeaked)", "\(trace.createdBy == nil)"] + calls).joined(separator: "\n")
    }
}
