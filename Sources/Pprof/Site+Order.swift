extension Site: Comparable {
    /// By file and line, then by callee and function, so that any list of sites has one order.
    public static func < (left: Site, right: Site) -> Bool {
        if left.file != right.file { return left.file < right.file }
        if left.line != right.line { return left.line < right.line }
        if left.callee != right.callee { return (left.callee ?? "") < (right.callee ?? "") || left.callee == nil }
        return left.function < right.function
    }
}
