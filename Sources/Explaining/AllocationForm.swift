/// The form of the language that a line allocates with: a profile has no frame for these.
enum AllocationForm {
    private static let marks: [(mark: String, form: String)] = [
        ("append(", "append"), ("make(", "make"), ("new(", "new"), ("string(", "string conversion"),
        ("[]byte(", "[]byte conversion"), ("[]rune(", "[]rune conversion"), ("func(", "closure"),
    ]

    /// The form; nil unless there is exactly one that it can be.
    ///
    /// - Parameters:
    ///   - line: The line's text.
    ///   - notes: What the compiler says of the line, such as `x escapes to heap`.
    static func form(of line: String, notes: [String]) -> String? {
        let code = line.firstRange(of: "//").map { String(line[..<$0.lowerBound]) } ?? line
        var forms = Set(marks.filter { contains(code, $0.mark) }.map(\.form))
        if code.contains("&"), code.contains("{") { forms.insert("composite literal") }
        if ["] = ", "]++", "] += ", "]--"].contains(where: code.contains) { forms.insert("map assignment") }
        if forms.isEmpty { forms = Set(notes.compactMap { form(of: $0, in: code) }) }
        return forms.count == 1 ? forms.first : nil
    }

    /// The form that a note of the compiler's is about; nil where it may be one of several.
    private static func form(of note: String, in code: String) -> String? {
        if note.hasPrefix("moved to heap: ") { return "variable " + note.dropFirst("moved to heap: ".count) }
        guard let value = note.firstRange(of: " escapes to heap").map({ note[..<$0.lowerBound] }) else { return nil }
        if let known = marks.first(where: { value.hasPrefix($0.mark) }) { return known.form }
        if value.hasPrefix("func literal") { return "closure" }
        if value.hasPrefix("... argument") { return "variadic arguments" }
        // "map[string]int{}" and "[]int{...}", and also a struct that is put into an interface.
        if value.hasPrefix("&") || value.hasSuffix("{...}") || value.hasSuffix("{}") { return "composite literal" }
        // A sum with a number is not a concatenation.
        if value.contains(" + "), value.firstMatch(of: /(^|\+ )[0-9]/) == nil { return "string concatenation" }
        // "x.y" is a field that is put into an interface, as what is formatted is, or a method with its receiver.
        let isSelector = value.wholeMatch(of: /\w+(\.\w+)+/) != nil
        return isSelector && code.firstMatch(of: /%|\b(fmt|log)\./) == nil ? nil : "interface conversion"
    }

    /// Whether the mark stands there as a word of its own, so that `Append(` and `toString(` are none.
    private static func contains(_ code: String, _ mark: String) -> Bool {
        code.ranges(of: mark).contains { range in
            guard range.lowerBound > code.startIndex else { return true }
            let before = code[code.index(before: range.lowerBound)]
            return !(before.isLetter || before.isNumber || before == "_" || before == ".")
        }
    }
}
