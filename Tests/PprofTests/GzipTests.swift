import TestSupport
import Testing

@testable import Pprof

@Suite("Gzip")
struct GzipTests {
    private static func unpack(_ bytes: [UInt8], limit: Int = 1 << 24) throws(ProfileError) -> [UInt8] {
        try Gzip.unpack(bytes, limit: limit, from: "x.gz")
    }

    /// Texts that pack well and badly, from none to some of zlib's windows.
    private static let contents: [[UInt8]] = [0, 1, 100, 65_535, 65_536, 65_537, 1_000_000].flatMap { count in
        var random = SeededGenerator(seed: count)
        return [
            [UInt8](repeating: 7, count: count),
            (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) },
        ]
    }

    @Test(arguments: contents.indices) func unpacksWhatWasPacked(index: Int) throws {
        let content = GzipTests.contents[index]
        let packed = Packing.gzip(content)
        #expect(Gzip.packed(packed))
        #expect(try GzipTests.unpack(packed) == content, "\(content.count) bytes")
        #expect(try GzipTests.unpack(packed, limit: content.count) == content)
        guard !content.isEmpty else { return }
        let failure = #expect(throws: ProfileError.self) {
            try GzipTests.unpack(packed, limit: content.count - 1)
        }
        #expect(failure?.code == .tooLarge)
    }

    @Test func unpacksSeveralMembers() throws {
        let members: [[UInt8]] = [[1, 2], [], [UInt8](repeating: 3, count: 100_000), [4]]
        #expect(try GzipTests.unpack(members.flatMap(Packing.gzip)) == members.flatMap { $0 })
    }

    @Test func everyTruncationIsNoticed() throws {
        let packed = Packing.gzip(Array("a text that goes on, a text that goes on, and ends".utf8))
        for count in 0..<packed.count {
            let failure = #expect(throws: ProfileError.self) { try GzipTests.unpack(Array(packed[..<count])) }
            #expect(failure?.code == .truncated, "\(count) bytes")
        }
    }

    @Test func anythingBehindIsRefused() throws {
        let failure = #expect(throws: ProfileError.self) {
            try GzipTests.unpack(Packing.gzip([1]) + Array("text".utf8))
        }
        #expect(failure?.code == .damaged)
        let half = #expect(throws: ProfileError.self) { try GzipTests.unpack(Packing.gzip([1]) + [0x1f]) }
        #expect(half?.code == .truncated)
    }
}
