/// What keeps an object alive.
public enum Retainer: Hashable, Sendable {
    /// A package-level variable, by its name with the package's path, e.g. `example.com/m.cache`.
    case variable(String)
    /// Nothing but goroutines, by what is on their stacks and what Go keeps of them.
    case goroutine
    /// Nothing but finalizers.
    case finalizer
    /// Nothing that the dump tells of: garbage that was not collected yet, or what Go holds outside of the heap.
    case unknown

    /// The variable's name; nil for everything else.
    public var variable: String? { if case .variable(let name) = self { name } else { nil } }
}
