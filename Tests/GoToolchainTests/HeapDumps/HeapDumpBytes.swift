import Foundation

/// Heap dumps that a test puts together.
struct HeapDumpBytes {
    private(set) var data = Data("go1.7 heap dump\n".utf8)
    private let isBigEndian: Bool
    private let pointerSize: Int

    /// A dump of a platform; the record that tells which comes first.
    init(isBigEndian: Bool = false, pointerSize: Int = 8) {
        (self.isBigEndian, self.pointerSize) = (isBigEndian, pointerSize)
        add([6, isBigEndian ? 1 : 0, UInt64(pointerSize), 0x1000, 0x9000])
        add("amd64")
        add("go1.27.3")
        add([2])
    }

    /// Integers one after the other.
    mutating func add(_ numbers: [UInt64]) {
        for number in numbers {
            var rest = number
            while rest >= 0x80 {
                data.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            data.append(UInt8(rest))
        }
    }

    /// A string after its length.
    mutating func add(_ text: String) {
        add([UInt64(text.utf8.count)])
        data.append(contentsOf: text.utf8)
    }

    /// Memory of nothing but pointers after its length.
    mutating func add(memory words: [UInt64]) {
        add([UInt64(words.count * pointerSize)])
        for word in words {
            let bytes = (0..<pointerSize).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
            data.append(contentsOf: isBigEndian ? bytes.reversed() : bytes)
        }
    }

    /// Memory, and which of its words are pointers: all.
    mutating func add(pointers: [UInt64]) {
        add(memory: pointers)
        for place in pointers.indices { add([1, UInt64(place * pointerSize)]) }
        add([0])
    }

    /// An object; its memory holds nothing but pointers.
    mutating func add(object address: UInt64, _ pointers: [UInt64]) {
        add([1, address])
        add(pointers: pointers)
    }

    /// A segment, 12 for data or 13 for what is zero at the start.
    mutating func add(segment kind: UInt64, at address: UInt64, _ pointers: [UInt64]) {
        add([kind, address])
        add(pointers: pointers)
    }

    /// A goroutine with one call.
    mutating func add(goroutine address: UInt64, stack: [UInt64]) {
        add([4, address, 0x8000, 1, 0, 4, 0, 0, 0])
        add("chan receive")
        add([0, 0, 0, 0, 5, 0x8000, 0, 0])
        add(memory: stack)
        add([0x400, 0x401, 0x401])
        add("m.run")
        add([1, 0, 0])
    }

    /// A stack of allocations, and the objects that they made.
    mutating func add(stack key: UInt64, _ functions: [String], objects: [UInt64]) {
        add([16, key, 16, UInt64(functions.count)])
        for function in functions {
            add(function)
            add("/m/m.go")
            add([7])
        }
        add([UInt64(objects.count), 0])
        for object in objects { add([17, object, key]) }
    }
}
