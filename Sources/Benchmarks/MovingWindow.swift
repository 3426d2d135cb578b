/// The last values of a series along a line of commits, from which a moving baseline is taken.
///
/// Each measurement counts once, where it was last: commits that share one, since nothing that decides it differs, would
/// make the series look steadier than it is.
public struct MovingWindow<Source: Equatable & Sendable>: Sendable {
    /// How many measurements are kept.
    public let count: Int
    private var entries: [(source: Source, value: Double)] = []

    /// An empty window.
    public init(count: Int) { self.count = count }

    /// The values, the newest last.
    public var values: [Double] { entries.map(\.value) }

    /// Goes on to the next commit's value.
    ///
    /// - Parameter source: What tells measurements apart, such as the commit that was really measured.
    public mutating func add(_ value: Double, from source: Source) {
        entries.removeAll { $0.source == source }
        entries.append((source, value))
        if entries.count > count { entries.removeFirst() }
    }
}
