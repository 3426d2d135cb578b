/// What one process may use before it is ended.
public struct Limits: Sendable, Hashable {
    /// The time one run may take.
    public var time: Duration
    /// Bytes of private memory for each process; nil for no limit.
    public var memory: UInt64?
    /// Bytes it may print.
    public var output: Int

    /// Ten minutes, no memory limit, 64 MiB of output.
    public init(time: Duration = .seconds(600), memory: UInt64? = nil, output: Int = 64 << 20) {
        self.time = time
        self.memory = memory
        self.output = output
    }
}

extension Duration {
    /// The duration in seconds.
    public var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
