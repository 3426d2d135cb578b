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

        /// A call.
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
    /// The calls, innermost first, as far as Go told them.
    public let frames: [Frame]
    /// The function that started it, at the `go` statement; nil for the main goroutine.
    public let createdBy: Frame?

    /// A goroutine.
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
