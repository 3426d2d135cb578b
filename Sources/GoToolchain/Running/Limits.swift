import CLinux

/// What one process may use before it is ended.
public struct Limits: Sendable, Hashable {
    /// The time one run may take.
    public var time: Duration
    /// Bytes of memory: of private memory for each process, and of private and shared memory for a process with all
    /// that it starts; nil for no limit.
    public var memory: UInt64?
    /// Whether the kernel keeps each process below that. Sanitizers reserve far more than they use.
    var boundsEachProcess = true
    /// Bytes it may print.
    public var output: Int

    /// The processes that one may be, with those that it starts.
    static let processes = 1024
    /// The files that one may have open.
    static let files: UInt64 = 1 << 16

    /// Ten minutes, no memory limit, 64 MiB of output.
    public init(time: Duration = .seconds(600), memory: UInt64? = nil, output: Int = 64 << 20) {
        self.time = time
        self.memory = memory
        self.output = output
    }

    /// Bounds the files of all that is started from now on. What a process may have open it inherits, and this program
    /// needs fewer: to set it here saves a shell a run.
    static let boundsFiles: Void = allocbisect_limit_files(files)

    /// Does some work, and ends a group of processes that goes beyond the limits meanwhile.
    ///
    /// - Parameter box: The box that it is in: there the memory counts that its processes share, and how many they are.
    func bounding<Result: Sendable>(
        _ group: ProcessGroup, in box: Box?, _ work: () async throws -> Result
    ) async rethrows -> Result {
        // A process may close its streams and go on, so the clock runs until it has ended. It goes in steps: of the time
        // that this program was stopped for, one step counts.
        let clock = Task {
            var left = time
            while left > .zero {
                let step = min(left, .seconds(1))
                try await Task.sleep(for: step, clock: .suspending)
                left -= step
            }
            group.end(.time)
        }
        let watch = Task {
            guard let box, let memory else { return }
            let folders = box.foldersInMemory
            // What a process shares, and how many there are, no limit of a process counts.
            while true {
                try await Task.sleep(for: .milliseconds(100))
                // Not at once: to move a process into a group can take longer than most runs do.
                group.bound(memory: memory)
                if let leader = group.leader,
                    let limit = ProcessTree(of: leader).exceeds(memory: memory, withFilesIn: folders)
                {
                    group.end(limit)
                    return
                }
            }
        }
        defer {
            clock.cancel()
            watch.cancel()
        }
        return try await work()
    }
}

extension Duration {
    /// The duration in seconds.
    public var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
