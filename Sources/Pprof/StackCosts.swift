/// What one iteration of a benchmark costs, by the call stack that allocates.
///
/// Profiles at two iteration counts give it: what set-up costs is the same in both, and cancels.
public struct StackCosts: Sendable, Equatable {
    // Whole numbers, for all of `span` together: adding them up is exact, and so the order doesn't matter.
    let sums: [[Profile.Frame]: Cost]
    let span: Int

    /// The iterations that the costs are averages of.
    public var iterations: Int { span }

    /// The cost of all stacks together, per iteration.
    public var total: Cost { sums.values.reduce(.zero, +) / Double(span) }

    /// Costs per iteration by stack, with the innermost call first. None is zero; what a longer run has less of is
    /// negative.
    public var costs: [[Profile.Frame]: Cost] { sums.mapValues { $0 / Double(span) } }

    /// Costs that are known.
    ///
    /// - Parameters:
    ///   - sums: Objects and bytes by stack, for `span` iterations together.
    ///   - span: The number of iterations, at least 1.
    public init(_ sums: [[Profile.Frame]: Cost], span: Int) {
        precondition(span > 0, "costs per iteration of no iterations")
        self.sums = sums.filter { $0.value != .zero }
        self.span = span
    }

    /// The same objects with the bytes that another run of the same iterations counted by stack.
    public func withBytes(of other: StackCosts) -> StackCosts {
        var sums = sums.mapValues { Cost(objects: $0.objects, bytes: 0) }
        for (stack, cost) in other.sums {
            sums[stack, default: .zero].bytes += cost.bytes * Double(span) / Double(other.span)
        }
        return StackCosts(sums, span: span)
    }

    /// Costs from the profiles of a short and a long run, each with what the run added: (long − short) / span.
    ///
    /// - Parameters:
    ///   - kind: What to count.
    ///   - short: The run with fewer iterations; nil for none, and then set-up counts as well.
    ///   - long: The run with more iterations.
    ///   - span: How many iterations the long run has more, at least 1.
    /// - Throws: ``ProfileError`` when one of the profiles has no values of that kind.
    public init(_ kind: Kind, short: Profile?, long: Profile, span: Int) throws(ProfileError) {
        var tally = StackTally(kind)
        try tally.count(long) { $0 += $1 }
        if let short { try tally.count(short) { $0 -= $1 } }
        self.init(tally.sums, span: span)
    }
}

extension StackCosts {
    /// The same costs, with every stack that has a function on it ending in a caller of that function.
    ///
    /// What the runtime allocates on a stack of its own, such as a goroutine's descriptor, is so told to whoever asked
    /// for it.
    public func calling(_ function: String, from caller: Profile.Frame) -> StackCosts {
        var changed: [[Profile.Frame]: Cost] = [:]
        for (stack, cost) in sums {
            let called = stack.firstIndex { $0.function == function }
            changed[called.map { stack[...$0] + [caller] } ?? stack, default: .zero] += cost
        }
        return StackCosts(changed, span: span)
    }
}

extension StackCosts {
    /// What of a heap profile is counted.
    public enum Kind: String, Sendable, CaseIterable {
        /// Everything that was allocated, whether or not it was freed since.
        case allocated = "alloc"
        /// What is still reachable.
        case inUse = "inuse"

        /// The sample type that counts objects.
        var objects: String { rawValue + "_objects" }
        /// The sample type that counts bytes.
        var bytes: String { rawValue + "_space" }
    }
}
