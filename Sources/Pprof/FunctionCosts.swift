/// What a function of the repository costs, per iteration.
public struct FunctionCosts: Hashable, Sendable {
    /// The function, as Go names it.
    public let function: String
    /// The file's path relative to the repository.
    public let file: String
    /// The cost of its own sites: what it allocates itself or pays for outside of the repository.
    public let flat: Cost
    /// The cost of every stack that it is on. A stack counts once, however often the function is on it.
    public let cumulative: Cost

    /// The costs of a function.
    public init(function: String, file: String, flat: Cost, cumulative: Cost) {
        self.function = function
        self.file = file
        self.flat = flat
        self.cumulative = cumulative
    }
}
