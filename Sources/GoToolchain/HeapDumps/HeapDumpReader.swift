/// Puts a heap dump together from its records.
///
/// The format is described at https://go.dev/wiki/heapdump15-through-heapdump17 and written by the runtime's
/// heapdump.go, which decides where they differ: a record is a number that tells its kind, and a fixed sequence of
/// numbers and memory. It is the same from Go 1.7 to 1.27 at least.
struct HeapDumpReader {
    private typealias Damaged = DumpCursor.Damaged

    private var cursor: DumpCursor
    private var dump = HeapDump()
    private var isBigEndian = false
    private var pointerSize = 8
    /// One copy of each call: all stacks begin alike.
    private var known: Set<GoroutineTrace.Frame> = []

    private static let header = "go1.7 heap dump\n"

    /// Reads a whole dump.
    static func read(_ bytes: UnsafeRawBufferPointer) throws(DumpCursor.Damaged) -> HeapDump {
        guard bytes.starts(with: header.utf8) else { throw Damaged(offset: 0) }
        var reader = HeapDumpReader(cursor: DumpCursor(bytes, from: header.utf8.count))
        while try reader.readRecord() {}
        reader.dump.objects.sort { $0.address < $1.address }
        return reader.dump
    }

    private init(cursor: DumpCursor) { self.cursor = cursor }

    /// Reads the next record; false at the one that ends the dump.
    private mutating func readRecord() throws(Damaged) -> Bool {
        let kind = try cursor.number()
        switch kind {
        case 0: return false
        case 1: try readObject()
        case 2: try readOtherRoot()
        case 3: try readType()
        case 4: try readGoroutine()
        case 5: try readStackFrame()
        case 6: try readParameters()
        case 7, 11: try readFinalizer()
        case 8: try cursor.skipNumbers(2)  // An interface's table.
        case 9: try readThread()
        case 10: try cursor.skipNumbers(24 + 256 + 1)  // runtime.MemStats, with its pauses.
        case 12: dump.data = try readSegment()
        case 13: dump.bss = try readSegment()
        case 14: try cursor.skipNumbers(7)  // A deferred call, which is an object, too.
        case 15: try cursor.skipNumbers(6)  // A panic.
        case 16: try readStack()
        case 17: dump.samples.append(HeapDump.Sample(address: try cursor.number(), stack: try cursor.number()))
        default: throw Damaged(offset: cursor.offset)
        }
        return true
    }

    private mutating func readParameters() throws(Damaged) {
        isBigEndian = try cursor.number() != 0
        let size = try cursor.number()
        guard size == 4 || size == 8 else { throw Damaged(offset: cursor.offset) }
        pointerSize = Int(size)
        try cursor.skipNumbers(2)
        _ = try (cursor.memory(), cursor.memory())
        try cursor.skipNumbers(1)
    }

    private mutating func readObject() throws(Damaged) {
        let address = try cursor.number()
        let contents = try cursor.memory()
        let start = dump.targets.count
        while let place = try nextField(of: contents) {
            let target = word(contents, place)
            if target != 0 { dump.targets.append(target) }
        }
        dump.objects.append(
            HeapDump.Object(address: address, size: UInt64(contents.count), targets: start..<dump.targets.count))
    }

    private mutating func readSegment() throws(Damaged) -> HeapDump.Segment {
        let address = try cursor.number()
        let contents = try cursor.memory()
        var segment = HeapDump.Segment(address: address, size: UInt64(contents.count))
        while let place = try nextField(of: contents) {
            let target = word(contents, place)
            if target != 0 { segment.fields.append(.init(address: address &+ UInt64(place), target: target)) }
        }
        return segment
    }

    private mutating func readStackFrame() throws(Damaged) {
        try cursor.skipNumbers(3)
        let contents = try cursor.memory()
        try cursor.skipNumbers(3)
        _ = try cursor.memory()
        while let place = try nextField(of: contents) {
            let target = word(contents, place)
            if target != 0 { dump.locals.append(target) }
        }
        for place in stride(from: 0, through: contents.count - pointerSize, by: pointerSize) {
            let target = word(contents, place)
            if target != 0 { dump.stackWords.append(target) }
        }
    }

    private mutating func readGoroutine() throws(Damaged) {
        dump.goroutines.append(try cursor.number())
        try cursor.skipNumbers(7)
        _ = try cursor.memory()
        try cursor.skipNumbers(4)
    }

    private mutating func readThread() throws(Damaged) {
        dump.threads.append(try cursor.number())
        try cursor.skipNumbers(2)
    }

    private mutating func readFinalizer() throws(Damaged) {
        dump.finalizers += [try cursor.number(), try cursor.number()]
        try cursor.skipNumbers(3)
    }

    private mutating func readOtherRoot() throws(Damaged) {
        _ = try cursor.memory()
        dump.finalizers.append(try cursor.number())
    }

    private mutating func readType() throws(Damaged) {
        try cursor.skipNumbers(2)
        _ = try cursor.memory()
        try cursor.skipNumbers(1)
    }

    private mutating func readStack() throws(Damaged) {
        let key = try cursor.number()
        try cursor.skipNumbers(1)
        var frames: [GoroutineTrace.Frame] = []
        // A damaged count needs no check: each call takes bytes, and they come to an end.
        var rest = try cursor.number()
        while rest > 0 {
            let (function, file, line) = (try cursor.text(), try cursor.text(), try cursor.number())
            let frame = GoroutineTrace.Frame(function: function, file: file, line: Int(clamping: line))
            frames.append(known.insert(frame).memberAfterInsert)
            rest -= 1
        }
        try cursor.skipNumbers(2)
        dump.stacks[key] = frames
    }

    /// The place of the next pointer in some memory; nil at the end of the list.
    private mutating func nextField(of contents: UnsafeRawBufferPointer) throws(Damaged) -> Int? {
        while true {
            switch try cursor.number() {
            case 0: return nil
            case 1:
                let place = try cursor.number()
                // Frames tell of arguments beyond their own memory.
                if contents.count >= pointerSize && place <= UInt64(contents.count - pointerSize) { return Int(place) }
            default: throw Damaged(offset: cursor.offset)
            }
        }
    }

    private func word(_ contents: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        if pointerSize == 8 {
            let word = contents.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            return isBigEndian ? UInt64(bigEndian: word) : UInt64(littleEndian: word)
        }
        let word = contents.loadUnaligned(fromByteOffset: place, as: UInt32.self)
        return UInt64(isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word))
    }
}

/// Reads the parts that the records of a heap dump are made of, never beyond the dump's end.
struct DumpCursor {
    /// What stands at the place is not what a heap dump has there.
    struct Damaged: Error {
        /// The place, in bytes from the start.
        let offset: Int
    }

    private let bytes: UnsafeRawBufferPointer
    /// The place of what is read next, in bytes from the start.
    private(set) var offset: Int

    init(_ bytes: UnsafeRawBufferPointer, from offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    /// An integer of up to ten bytes, seven bits in each from the lowest on, as `encoding/binary` has it.
    mutating func number() throws(Damaged) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while offset < bytes.count && shift < 64 {
            let byte = bytes[offset]
            offset += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        throw Damaged(offset: offset)
    }

    /// Goes over integers that nothing here needs.
    mutating func skipNumbers(_ count: Int) throws(Damaged) {
        for _ in 0..<count { _ = try number() }
    }

    /// A length, and as many bytes.
    mutating func memory() throws(Damaged) -> UnsafeRawBufferPointer {
        let length = try number()
        guard length <= UInt64(bytes.count - offset) else { throw Damaged(offset: offset) }
        let end = offset + Int(length)
        defer { offset = end }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<end])
    }

    mutating func text() throws(Damaged) -> String { String(decoding: try memory(), as: UTF8.self) }
}
