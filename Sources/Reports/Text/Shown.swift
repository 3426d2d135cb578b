/// The first of some things, and how many more there are.
struct Shown<Element> {
    var elements: [Element]
    var more: Int

    init(_ all: some Collection<Element>, atMost most: Int) {
        elements = Array(all.prefix(most))
        more = all.count - elements.count
    }

    init(_ elements: [Element], more: Int) { (self.elements, self.more) = (elements, more) }

    /// A text for each that is shown, and one for the rest where there are more.
    func texts(_ text: (Element) -> String) -> [String] {
        elements.map(text) + (more > 0 ? ["… and \(more) more"] : [])
    }

    /// How many more there are, to follow what is shown; nil when there are none.
    func rest(_ noun: String) -> String? { more > 0 ? "… and \(counted(more, "more \(noun)"))" : nil }
}
