import Testing

@testable import Pprof

@Suite("Profiles that are damaged")
struct DamageTests {
    private typealias Spoil = @Sendable (inout Perftools_Profiles_Profile) -> Void

    private static let spoilt: [(String, Spoil)] = [
        ("it refers to a string it doesn't have", { $0.sampleType[0].type = 9 }),
        ("it refers to a string it doesn't have", { $0.sampleType[0].unit = -1 }),
        ("it refers to a string it doesn't have", { $0.function[0].name = .max }),
        ("it refers to a string it doesn't have", { $0.function[1].filename = .min }),
        ("its string table doesn't begin with an empty string", { $0.stringTable = [] }),
        ("its string table doesn't begin with an empty string", { $0.stringTable.removeFirst() }),
        ("a sample refers to no location", { $0.sample[0].locationID = [10, 30] }),
        ("a sample refers to no location", { $0.sample[1].locationID = [0] }),
        ("a sample refers to no location", { $0.location = [] }),
        ("a location refers to no function", { $0.location[0].line[1].functionID = .max }),
        ("two functions have the same id", { $0.function[1].id = 1 }),
        ("a function has no id", { $0.function[1].id = 0 }),
        ("two locations have the same id", { $0.location[0].id = 20 }),
        ("a location has no id", { $0.location[1].id = 0 }),
        ("a location has a negative line", { $0.location[0].line[0].line = -1 }),
        ("a sample has a negative value", { $0.sample[0].value[1] = -8 }),
        ("a sample has 1 values where 2 are announced", { $0.sample[0].value.removeLast() }),
        ("a sample has 3 values where 2 are announced", { $0.sample[1].value.append(1) }),
        ("it doesn't say what its samples mean", { $0.sampleType = [] }),
    ]

    @Test(arguments: spoilt.indices) func refusesWhatContradictsItself(index: Int) throws {
        let (reason, spoil) = DamageTests.spoilt[index]
        var draft = ProfileDraft()
        spoil(&draft.message)
        let failure = #expect(throws: ProfileError.self) { try draft.profile() }
        #expect(failure?.code == .damaged)
        #expect(failure?.operation == "reading the profile draft.pprof")
        let expected =
            "draft.pprof cannot be read as a pprof profile: \(reason). Write it again with Go's own profiling."
        #expect(failure?.message == expected)
    }

    @Test(
        arguments: [
            ("", .truncated, "ends in the middle of a profile."),
            ("heap profile: 1: 2 [3: 4] @ heap/1048576\n", .damaged, "it is text, as Go writes it with debug=1."),
            ("\u{1f}", .damaged, "it is neither gzip nor protobuf, or it is cut short."),
            ("\u{a}\u{4}", .truncated, "ends in the middle of a profile."),
        ] as [(String, ProfileError.Code, String)])
    func refusesWhatIsNoProfile(text: String, code: ProfileError.Code, reason: String) {
        let failure = #expect(throws: ProfileError.self) { try Profile(Array(text.utf8), from: "x") }
        #expect(failure?.code == code)
        #expect(failure?.message.contains(reason) == true)
    }

    @Test func refusesDeepNesting() {
        // Groups of unknown fields are the one thing in the format that nests without end.
        let failure = #expect(throws: ProfileError.self) {
            try Profile([UInt8](repeating: 0xa3, count: 1_000_000), from: "x")
        }
        #expect(failure?.code == .damaged || failure?.code == .truncated)
        let groups = [UInt8](repeating: 0x7b, count: 1_000_000) + [UInt8](repeating: 0x7c, count: 1_000_000)
        let deep = #expect(throws: ProfileError.self) { try Profile(groups, from: "x") }
        #expect(deep?.code == .damaged)
    }

    @Test func refusesASmallFileThatUnpacksWithoutEnd() throws {
        let member = Packing.gzip([UInt8](repeating: 0, count: 1 << 20))
        let failure = #expect(throws: ProfileError.self) {
            try Profile((0..<257).flatMap { _ in member }, from: "bomb.pprof")
        }
        #expect(failure?.code == .tooLarge)
        #expect(failure?.message.hasPrefix("bomb.pprof unpacks to more than 256 MiB, ") == true)
    }

    @Test func takesNegativeValuesOfDifferencesOnly() throws {
        var draft = ProfileDraft()
        draft.message.sample[0].value = [-3, 48]
        let bytes = try draft.bytes()
        let failure = #expect(throws: ProfileError.self) { try Profile(bytes, from: "x") }
        #expect(failure?.message.contains("a sample has a negative value") == true)
        #expect(try Profile(bytes, from: "x", isDifference: true).samples[0].values == [-3, 48])
    }

    @Test func refusesASmallFileWithStacksWithoutEnd() throws {
        var draft = ProfileDraft()
        let line = draft.message.location[0].line[0]
        draft.message.location[0].line = Array(repeating: line, count: 4097)
        draft.message.sample[0].locationID = Array(repeating: 10, count: 4096)
        // No profile is handed to the test itself, which would print all of it.
        let failure = #expect(throws: ProfileError.self) { _ = try draft.profile().samples.count }
        #expect(failure?.code == .tooLarge)
    }
}
