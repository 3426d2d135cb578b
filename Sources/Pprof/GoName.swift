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
