import TestSupport
import Testing

@testable import Pprof

@Suite("Whatever happens to the bytes, reading ends with a sound value or with an error")
struct DamagePropertyTests {
    private static func flip(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            bytes[Int.random(in: bytes.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
        }
        return bytes
    }

    /// Reads, and checks what every reader of a profile relies on. A crash is a failure as well.
    private static func read(_ bytes: [UInt8], _ note: Comment) -> Result<Profile, ProfileError> {
        let result = Result { () throws(ProfileError) in try Profile(bytes, from: "x") }
        switch result {
        case .success(let profile):
            let count = profile.sampleTypes.count
            #expect(count > 0, note)
            #expect(profile.samples.allSatisfy { $0.values.count == count && $0.values.allSatisfy { $0 >= 0 } }, note)
            #expect(profile.samples.allSatisfy { $0.stack.allSatisfy { $0.line >= 0 } }, note)
        case .failure(let error):
            #expect(error.message.hasPrefix("x ") && error.message.hasSuffix("."), note)
            #expect(error.code != .library && error.code != .missingSampleType, note)
        }
        return result
    }

    @Test func everyTruncationOfAMessage() throws {
        let bytes = try ProfileDraft().bytes()
        let codes = bytes.indices.map { count in
            switch DamagePropertyTests.read(Array(bytes[..<count]), "\(count) bytes") {
            case .success: nil as ProfileError.Code?
            case .failure(let error): error.code
            }
        }
        #expect(codes.contains(.truncated) && codes.contains(.damaged))
        // The texts come last, and the last of them is in use.
        #expect(!codes.contains(nil))
    }

    @Test(.timeLimit(.minutes(2)), arguments: 0..<10) func flipsInAMessage(block: Int) throws {
        let bytes = try ProfileDraft().bytes()
        var read = 0
        for seed in (block * 1000)..<(block * 1000 + 1000) {
            var random = SeededGenerator(seed: seed)
            let spoilt = DamagePropertyTests.flip(bytes, &random)
            let plain = DamagePropertyTests.read(spoilt, "seed \(seed)")
            if case .success = plain { read += 1 }
            if seed % 10 == 0 {
                #expect(DamagePropertyTests.read(Packing.gzip(spoilt), "seed \(seed)") == plain, "seed \(seed)")
            }
        }
        #expect(read > 100 && read < 900, "flips should spoil some profiles and leave others readable")
    }

    @Test(.tags(.go), .timeLimit(.minutes(2)), arguments: GoCommands.all)
    func everyTruncationOfARealProfile(go: String) throws {
        let bytes = try GoProfiles.of(go).heap(iterations: 100)
        for count in bytes.indices {
            guard case .failure(let error) = DamagePropertyTests.read(Array(bytes[..<count]), "\(count) bytes") else {
                Issue.record("\(count) bytes are read")
                continue
            }
            #expect(error.code == .truncated || count == 1, "\(count) bytes")
        }
    }

    @Test(.tags(.go), .timeLimit(.minutes(2)), arguments: GoCommands.all)
    func flipsInARealProfile(go: String) throws {
        let bytes = try GoProfiles.of(go).heap(iterations: 100)
        let whole = try Profile(bytes, from: "x")
        var noticed = 0
        for seed in 0..<2000 {
            var random = SeededGenerator(seed: seed)
            let spoilt = DamagePropertyTests.flip(bytes, &random)
            // gzip's checksum covers the contents: only what its header says besides may change unnoticed.
            switch DamagePropertyTests.read(spoilt, "seed \(seed)") {
            case .success(let profile): #expect(profile == whole, "seed \(seed)")
            case .failure: noticed += 1
            }
        }
        #expect(noticed > 1900)
    }

    @Test(.tags(.go), .timeLimit(.minutes(2)), arguments: GoCommands.all)
    func damageInsideARealProfile(go: String) throws {
        let bytes = try Gzip.unpack(GoProfiles.of(go).heap(iterations: 100), limit: 1 << 24, from: "x")
        var noticed = 0
        for seed in 0..<300 {
            var random = SeededGenerator(seed: seed)
            let spoilt = DamagePropertyTests.flip(bytes, &random)
            if case .failure = DamagePropertyTests.read(spoilt, "seed \(seed)") { noticed += 1 }
            let count = Int.random(in: bytes.indices, using: &random)
            _ = DamagePropertyTests.read(Array(bytes[..<count]), "\(count) bytes")
        }
        #expect(noticed > 30)
    }
}

extension Result {
    fileprivate init(_ body: () throws(Failure) -> Success) {
        do { self = .success(try body()) } catch { self = .failure(error) }
    }
}
