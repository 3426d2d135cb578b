import Foundation

/// The heap of a Go process at one moment, and all that may keep something in it alive, as `debug.WriteHeapDump` wrote
/// them.
///
///     let dump = try HeapDump(path: snapshot.path(.heapDump))
///     let held = dump.retainedObjects(variables: try await toolchain.variables(of: binary)) { $0.package == "example.com/m" }
///
/// Addresses are the process's own. Objects are what Go's allocator hands out: slots of a size class, of which a
/// pointer may point to any byte.
public struct HeapDump: Sendable {
    /// A slot of the heap that was in use.
    struct Object: Hashable, Sendable {
        let address: UInt64
        /// In bytes, rounded up as Go does.
        let size: UInt64
        /// The places of what it points to in `targets`.
        let targets: Range<Int>
    }

    /// A pointer in a variable.
    struct Field: Hashable, Sendable {
        /// The address at which the pointer itself is.
        let address: UInt64
        /// Where it points to.
        let target: UInt64
    }

    /// The package-level variables that may have pointers and are initialised statically, or those that are not.
    struct Segment: Hashable, Sendable {
        var address: UInt64 = 0
        /// How much memory the variables take, in bytes.
        var size: UInt64 = 0
        /// The pointers that are not nil.
        var fields: [Field] = []
    }

    /// Where an object was allocated: its address or one within it, and the stack's key in `stacks`.
    struct Sample: Hashable, Sendable {
        let address: UInt64
        let stack: UInt64
    }

    /// Everything that is on the heap, by ascending address.
    var objects: [Object] = []
    /// What objects point to, one object's after the other; never nil.
    var targets: [UInt64] = []
    var data = Segment()
    var bss = Segment()
    /// What local variables point to that are still needed.
    var locals: [UInt64] = []
    /// Whatever is on stacks, pointer or not.
    var stackWords: [UInt64] = []
    /// Go's own records of goroutines, which are objects.
    var goroutines: [UInt64] = []
    /// Go's own records of threads, which are objects.
    var threads: [UInt64] = []
    /// Objects with a finalizer and the functions to call.
    var finalizers: [UInt64] = []
    /// Where objects were allocated, as far as Go noted it: for all with a profiling rate of 1.
    var samples: [Sample] = []
    /// The stacks of allocations, innermost call first.
    var stacks: [UInt64: [GoroutineTrace.Frame]] = [:]

    /// Reads a dump that `runtime/debug.WriteHeapDump` wrote.
    ///
    /// - Throws: `GoError` when the file cannot be read, is not a heap dump, or ends before its end. Of half a dump
    ///   nobody could tell what holds an object.
    public init(path: String) throws {
        guard Scratch.isFile(path) else { throw GoError(.heapDump, "There is no heap dump at \(path).") }
        let contents: Data
        do {
            // Mapped, since most of a dump are contents of objects that are of no interest.
            contents = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        } catch {
            throw GoError(.heapDump, "The heap dump \(path) could not be read: \(error.localizedDescription)")
        }
        do {
            try self.init(contents)
        } catch {
            throw GoError(.heapDump, "The heap dump \(path) is damaged or cut short at byte \(error.offset).")
        }
    }

    /// Reads a dump's bytes.
    init(_ contents: Data) throws(DumpCursor.Damaged) {
        let result = contents.withUnsafeBytes { bytes in
            Result { () throws(DumpCursor.Damaged) in try HeapDumpReader.read(bytes) }
        }
        self = try result.get()
    }

    init() {}

    /// The place of the object that an address is in; nil when it lies elsewhere.
    func object(at address: UInt64) -> Int? {
        let after = objects.firstPlace { $0.address > address }
        guard after > 0, address - objects[after - 1].address < objects[after - 1].size else { return nil }
        return after - 1
    }
}

extension Array {
    /// The place of the first element, of elements in order, for which a condition holds; the count when for none.
    func firstPlace(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
