/// Who in the repository pays for what a benchmark allocates, per iteration.
public struct Attribution: Sendable, Equatable {
    /// Costs by site; none is zero.
    public let sites: [Site: Cost]
    /// Every function of the repository that is on a stack, by file and name.
    public let functions: [FunctionCosts]
    /// The cost of all stacks that never touch the repository.
    public let unattributed: Cost

    /// An attribution that is known.
    public init(sites: [Site: Cost], functions: [FunctionCosts], unattributed: Cost) {
        self.sites = sites
        self.functions = functions
        self.unattributed = unattributed
    }

    /// Attributes every stack to the innermost of its frames that is in the repository.
    ///
    /// - Parameters:
    ///   - costs: Costs by stack.
    ///   - path: The path relative to the repository of a frame that is in it, and nil of any other. It is asked once
    ///     for each frame.
    public init(_ costs: StackCosts, path: (Profile.Frame) -> String?) {
        var tally = SiteTally()
        for (stack, cost) in costs.sums { tally.add(stack, cost, path: path) }
        let span = Double(costs.span)
        self.init(
            sites: tally.sites.filter { $0.value != .zero }.mapValues { $0 / span },
            functions: tally.functions(span: span),
            unattributed: tally.unattributed / span)
    }
}
