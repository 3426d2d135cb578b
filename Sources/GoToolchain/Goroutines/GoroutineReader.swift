/// Puts goroutines together from the lines of a dump.
///
/// A line that has no place in a stack ends it: what follows may be of a goroutine whose own first line is damaged.
struct GoroutineReader {
    private typealias Frame = GoroutineTrace.Frame

    private var traces: [GoroutineTrace] = []
    private var header: (state: String, isLeaked: Bool)?
    private var frames: [Frame] = []
    private var creator: Frame?
    /// One copy of each call: thousands of goroutines have the same.
    private var known: Set<Frame> = []
    /// The function whose place comes next.
    private var pending: (function: String, isCreator: Bool)?

    /// Takes the next line.
    mutating func read(_ line: String) {
        if line.hasPrefix("goroutine ") {
            end()
            header = GoroutineReader.header(line)
        } else if header == nil || line.hasPrefix("...") {
            // Between stacks, or Go says how many calls it left out.
        } else if line.utf8.first == UInt8(ascii: "\t") {
            readPlace(line)
        } else if let function = GoroutineReader.creator(line) {
            pending = (function, true)
        } else if creator == nil, let function = GoroutineReader.callee(line) {
            pending = (function, false)
        } else {
            // Among others "[originating from goroutine 1]:", whose calls are not this goroutine's.
            end()
        }
    }

    /// Ends the text, and returns all goroutines that were read.
    mutating func finish() -> [GoroutineTrace] {
        end()
        return traces
    }

    private mutating func readPlace(_ line: String) {
        guard let (function, isCreator) = pending else { return }
        pending = nil
        guard let read = Frame(function: function, place: line) else { return }
        let frame = known.insert(read).memberAfterInsert
        if isCreator { creator = frame } else { frames.append(frame) }
    }

    private mutating func end() {
        if let (state, isLeaked) = header {
            traces.append(GoroutineTrace(state: state, isLeaked: isLeaked, frames: frames, createdBy: creator))
        }
        (header, frames, creator, pending) = (nil, [], nil, nil)
    }

    /// Reads e.g. `goroutine 7 [chan receive (leaked), 5 minutes, locked to thread]:`, which may have addresses before
    /// the brackets and labels behind.
    private static func header(_ line: String) -> (state: String, isLeaked: Bool)? {
        let bytes = line.utf8
        guard let open = bytes.firstIndex(of: UInt8(ascii: "[")),
            let close = bytes[open...].firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        let rest = line[bytes.index(after: close)...]
        guard rest == ":" || (rest.hasPrefix(" {") && rest.hasSuffix("}:")) else { return nil }
        let inside = line[bytes.index(after: open)..<close]
        var words = inside.prefix { $0 != "," }.split(separator: " ")
        let count = words.count
        words.removeAll { $0 == "(leaked)" }
        let isLeaked = words.count < count
        words.removeAll { $0 == "(scan)" }
        return words.isEmpty ? nil : (words.joined(separator: " "), isLeaked)
    }

    /// Reads `created by main.main in goroutine 1`; Go 1.20 and older end it after the function.
    private static func creator(_ line: String) -> String? {
        let mark = "created by "
        guard line.hasPrefix(mark) else { return nil }
        let rest = line.dropFirst(mark.count)
        // No function's name has a blank outside of brackets.
        let end = rest.firstRange(of: " in goroutine ")?.lowerBound ?? rest.endIndex
        return rest.startIndex == end ? nil : String(rest[..<end])
    }

    /// The function of e.g. `main.(*T).run({0x1, 0x2}, 0x3?)`; arguments may have parentheses of their own.
    private static func callee(_ line: String) -> String? {
        let bytes = line.utf8
        guard bytes.last == UInt8(ascii: ")") else { return nil }
        var depth = 0
        for index in bytes.indices.reversed() {
            switch bytes[index] {
            case UInt8(ascii: ")"): depth += 1
            case UInt8(ascii: "("): depth -= 1
            default: continue
            }
            if depth == 0 { return index == bytes.startIndex ? nil : String(line[..<index]) }
        }
        return nil
    }
}
