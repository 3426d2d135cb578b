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
