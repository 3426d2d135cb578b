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

/// Function names as Go writes them.
enum GoName {
    /// A name as a stack trace shows it: `m.Box[go.shape.int]` as `m.Box[...]`.
    ///
    /// Go 1.21 and newer put the whole names into profiles, older ones the short form; and a type argument may change
    /// where the function stays the same. What lies between the first and the last bracket goes, as in Go's traces.
    static func withoutTypeArguments(_ name: String) -> String {
        let text = name.utf8
        guard let first = text.firstIndex(of: UInt8(ascii: "[")), let last = text.lastIndex(of: UInt8(ascii: "]")),
            first < last
        else { return name }
        return name[..<first] + "[...]" + name[text.index(after: last)...]
    }

    /// What follows the last slash: `example.com/a/b.(*T).F` gives `b.(*T).F`.
    static func lastComponent(of name: String) -> Substring {
        let slash = name.utf8.lastIndex(of: UInt8(ascii: "/"))
        return name[(slash.map { name.utf8.index(after: $0) } ?? name.startIndex)...]
    }
}
