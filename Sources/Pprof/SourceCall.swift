/// A line and what it calls: the sites that differ only in the name of the function.
///
/// There may be several, as Go names an inlined function literal after each function that it ended up in.
struct SourceCall {
    /// The site of the largest cost.
    let site: Site
    /// The cost of all of them.
    let cost: Cost
    /// The line's text without the space around it, as far as it is known.
    var text = ""

    /// The lines and calls of an attribution, in the order of their sites.
    static func all(_ costs: [Site: Cost]) -> [SourceCall] {
        var calls: [SourceCall] = []
        var largest = Cost.zero
        for (site, cost) in costs.sorted(by: { $0.key < $1.key }) {
            guard let last = calls.last, last.site.isSameCall(as: site) else {
                calls.append(SourceCall(site: site, cost: cost))
                largest = cost
                continue
            }
            let isLarger = cost.size > largest.size
            if isLarger { largest = cost }
            calls[calls.count - 1] = SourceCall(site: isLarger ? site : last.site, cost: last.cost + cost)
        }
        return calls
    }
}

extension Site {
    /// Whether both are the same line and callee.
    fileprivate func isSameCall(as other: Site) -> Bool {
        line == other.line && file == other.file && callee == other.callee
    }
}
