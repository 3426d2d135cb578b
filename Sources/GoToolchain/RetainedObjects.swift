/// How much of what one stack allocated hangs from one holder.
public struct RetainedObjects: Hashable, Sendable {
    /// The calls that allocated it, innermost first, without the runtime's own at both ends, as in Go's heap profiles.
    ///
    /// Unlike there, an inlined call has the name of the function that it was inlined into; files and lines are the
    /// same where the binary was built with `NoTinyAllocatorRuntime`.
    public let frames: [GoroutineTrace.Frame]
    /// What holds it.
    public let holder: Retainer
    /// How many objects.
    public internal(set) var objects: Int
    /// Their bytes, rounded up as Go does.
    public internal(set) var bytes: Int
}
