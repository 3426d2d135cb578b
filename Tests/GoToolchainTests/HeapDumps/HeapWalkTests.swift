import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("Heap dumps that are put together by hand")
struct HeapWalkTests {
    /// `m.a` at 0x100 points to a chain of objects through a value without a name at 0x110, `m.b` at 0x108 into its middle;
    /// `os.c` at 0x200 and `runtime.allgs` at 0x208 are in the other segment.
    private static let symbols = [
        Variable(symbol: "runtime.data", address: 0x100, size: 0), Variable(symbol: "m.a", address: 0x100, size: 8),
        Variable(symbol: "m.b", address: 0x108, size: 8),
        Variable(symbol: "runtime.edata", address: 0x118, size: 0),
        Variable(symbol: "runtime.bss", address: 0x200, size: 0), Variable(symbol: "os.c", address: 0x200, size: 8),
        Variable(symbol: "runtime.allgs", address: 0x208, size: 8),
        Variable(symbol: "runtime.ebss", address: 0x210, size: 0),
    ]

    private static func dump(
        isBigEndian: Bool = false, pointerSize: UInt64 = 8, moved slide: UInt64 = 0
    ) -> HeapDumpBytes {
        var bytes = HeapDumpBytes(isBigEndian: isBigEndian, pointerSize: Int(pointerSize))
        let word = pointerSize
        // In no order; the last of the chain leads to the record of a goroutine, which leads everywhere.
        bytes.add(object: 0x1300, [0x1400])
        bytes.add(object: 0x1000, [0, 0x1100 + word])
        bytes.add(object: 0x1100, [0, 0x1200])
        bytes.add(object: 0x1200, [0x1200, 0x1300])
        bytes.add(object: 0x1400, [0x1500, 0x1600])
        bytes.add(object: 0x1500, [0])
        bytes.add(object: 0x1600, [0])
        bytes.add(object: 0x1700, [0x1400])
        bytes.add(object: 0x1800, [0])
        bytes.add(object: 0x1900, [0])
        bytes.add(goroutine: 0x1400, stack: [0x1000, 0x1800])
        let start = 0x100 + slide
        bytes.add(segment: 12, at: start, [start + 2 * word, 0x1200, 0x1000])
        bytes.add(segment: 13, at: 0x200 + slide, [0x1600, 0x1700])
        bytes.add([7, 0x1500, 0, 0, 0, 0, 10])
        bytes.add([UInt64](repeating: 1, count: 281))
        for object in stride(from: 0x1000 as UInt64, through: 0x1900, by: 0x100) {
            bytes.add(stack: object, ["runtime.mallocgc", "m.f\(object)", "m.g", "runtime.goexit"], objects: [object])
        }
        bytes.add([0])
        return bytes
    }

    private static func retainers(_ dump: HeapDump) throws -> [String: Retainer] {
        let retainedObjects = try #require(dump.retainedObjects(variables: symbols) { $0.package == "m" })
        #expect(retainedObjects.allSatisfy { $0.objects == 1 && $0.frames.count == 2 })
        return Dictionary(uniqueKeysWithValues: retainedObjects.map { ($0.frames[0].function, $0.retainer) })
    }

    private static let expected: [String: Retainer] = [
        "m.f4096": .variable("m.a"), "m.f4352": .variable("m.a"), "m.f4608": .variable("m.b"),
        "m.f4864": .variable("m.b"), "m.f5120": .goroutine, "m.f5376": .goroutine, "m.f5632": .variable("os.c"),
        "m.f5888": .variable("runtime.allgs"), "m.f6144": .goroutine, "m.f6400": .unknown,
    ]

    @Test func shortestPathFromOwnVariablesWins() throws {
        #expect(try HeapWalkTests.retainers(HeapDump(HeapWalkTests.dump().data)) == HeapWalkTests.expected)
        let moved = try HeapDump(HeapWalkTests.dump(moved: 0x5555_0000_0000).data)
        #expect(try HeapWalkTests.retainers(moved) == HeapWalkTests.expected)
    }

    @Test func readsOtherPlatforms() throws {
        let big = try HeapDump(HeapWalkTests.dump(isBigEndian: true).data)
        #expect(try HeapWalkTests.retainers(big) == HeapWalkTests.expected)
        let small = try HeapDump(HeapWalkTests.dump(isBigEndian: true, pointerSize: 4).data)
        #expect(small.data.fields.map(\.target) == [0x108, 0x1200, 0x1000])
        #expect(small.retainedObjects(variables: HeapWalkTests.symbols) { _ in true } == nil)
    }

    @Test func everyCutIsTold() {
        let bytes = HeapWalkTests.dump().data
        for length in 0..<bytes.count {
            #expect(throws: DumpCursor.Damaged.self) { try HeapDump(bytes.prefix(length)) }
        }
    }

    @Test(arguments: 0..<20) func survivesDamage(seed: Int) {
        let bytes = HeapWalkTests.dump().data
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var damaged = bytes
            for _ in 0...Int.random(in: 0..<4, using: &generator) {
                damaged[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            _ = try? HeapDump(damaged).retainedObjects(variables: HeapWalkTests.symbols) { $0.package == "m" }
        }
    }

    @Test func readsSymbols() throws {
        let path = try #require(Variable(line: "  603260        8 D gopkg.in/yaml%2ev3.cache"))
        #expect(path.name == "gopkg.in/yaml.v3.cache" && path.package == "gopkg.in/yaml.v3" && path.isDeclared)
        #expect(path.address == 0x603260 && path.size == 8)
        let generic = try #require(Variable(line: "  10 8 b m.f[go.shape.int,a.b/c.T].x"))
        #expect(generic.package == "m" && generic.name == "m.f[go.shape.int,a.b/c.T].x")
        #expect(try #require(Variable(line: " 10 8 d example.com/m..stmp_4")).isDeclared == false)
        #expect(try #require(Variable(line: " 10 8 D go:main.inittasks")).package == nil)
        #expect(try #require(Variable(line: " 10 8 B x_cgo_inittls")).package == nil)
        #expect(try #require(Variable(line: " 10 8 B internal/runtime/maps.x")).isRuntime)
        for line in ["", "  401000 12 T main.main", "          U malloc", " xyz 1 D a.b", " 10 -1 D a.b", " 10 D a.b"] {
            #expect(Variable(line: line) == nil, "\(line)")
        }
    }
}
