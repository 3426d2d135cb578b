/// A function whose costs differ between two commits; a side that doesn't have it costs nothing there.
public struct FunctionDifference: Hashable, Sendable {
    /// The function, as Go names it.
    public let function: String
    /// The file's path relative to the repository: where the function is now, or where it was when it is gone.
    public let file: String
    /// The cost of its own sites before, per iteration.
    public let flatBefore: Cost
    /// The cost of its own sites after, per iteration.
    public let flatAfter: Cost
    /// The cost of every stack that it was on before, per iteration.
    public let cumulativeBefore: Cost
    /// The cost of every stack that it is on after, per iteration.
    public let cumulativeAfter: Cost

    /// A difference from its parts.
    public init(
        function: String, file: String, flatBefore: Cost, flatAfter: Cost, cumulativeBefore: Cost,
        cumulativeAfter: Cost
    ) {
        self.function = function
        self.file = file
        self.flatBefore = flatBefore
        self.flatAfter = flatAfter
        self.cumulativeBefore = cumulativeBefore
        self.cumulativeAfter = cumulativeAfter
    }

    /// The difference between two sides of a function, at least one of which must exist.
    init?(before: FunctionCosts?, after: FunctionCosts?) {
        guard let named = after ?? before else { return nil }
        self.init(
            function: named.function, file: named.file, flatBefore: before?.flat ?? .zero,
            flatAfter: after?.flat ?? .zero, cumulativeBefore: before?.cumulative ?? .zero,
            cumulativeAfter: after?.cumulative ?? .zero)
    }

    /// What its own sites cost more after; zero where only rounding differs.
    public var flatDifference: Cost { flatAfter.difference(from: flatBefore) }

    /// What the stacks that it is on cost more after; zero where only rounding differs.
    public var cumulativeDifference: Cost { cumulativeAfter.difference(from: cumulativeBefore) }

    /// Whether this comes first in a list: the larger flat difference, then the larger cumulative one, then the file
    /// and the name.
    func precedes(_ other: FunctionDifference) -> Bool {
        let (flat, otherFlat) = (flatDifference.size, other.flatDifference.size)
        if flat != otherFlat { return flat > otherFlat }
        let (cumulative, otherCumulative) = (cumulativeDifference.size, other.cumulativeDifference.size)
        if cumulative != otherCumulative { return cumulative > otherCumulative }
        return (file, function) < (other.file, other.function)
    }
}
