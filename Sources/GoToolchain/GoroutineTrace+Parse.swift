extension GoroutineTrace {
    /// Reads a dump of all goroutines, as `pprof.Lookup("goroutine").WriteTo(w, 2)` and `runtime.Stack` write it.
    ///
    /// - Returns: The goroutines in the dump's order. Of a damaged or cut text, what can be read.
    public static func parse(_ text: String) -> [GoroutineTrace] {
        var reader = GoroutineReader()
        var lines = LineSplitter()
        var text = text
        text.withUTF8 { lines.append(UnsafeRawBufferPointer($0)) { reader.read($0) } }
        lines.finish { reader.read($0) }
        return reader.finish()
    }
}

extension GoroutineTrace.Frame {
    /// Reads the two lines of a call: the function's, and the one with the place, e.g. `\t/tmp/x.go:7 +0x1d`.
    init?(function: String, place: String) {
        let bytes = place.utf8
        guard bytes.first == UInt8(ascii: "\t"), let colon = bytes.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let rest = bytes[bytes.index(after: colon)...]
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        // Offsets follow, in a crash also addresses.
        guard rest.count == digits.count || rest[digits.endIndex] == UInt8(ascii: " "),
            let line = Int(Substring(digits)), line > 0
        else { return nil }
        let file = String(place[place.index(after: place.startIndex)..<colon])
        guard !file.isEmpty else { return nil }
        self.init(function: function, file: file, line: line)
    }
}
