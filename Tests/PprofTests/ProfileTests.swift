import Foundation
import Testing

@testable import Pprof

@Suite("Profiles in pprof's format")
struct ProfileTests {
    private static let outer = Profile.Frame(function: "b.G", file: "/r/b.go", line: 22)
    private static let unknown = Profile.Frame(function: "", file: "", line: 0)

    @Test func readsStacksWithInlinedCalls() throws {
        let profile = try ProfileDraft().profile()
        let inner = Profile.Frame(function: "a.F", file: "/r/a.go", line: 11)
        let types = [("alloc_objects", "count"), ("alloc_space", "bytes")]
        #expect(profile.sampleTypes == types.map { Profile.SampleType(type: $0, unit: $1) })
        #expect(
            profile.samples == [
                Profile.Sample(stack: [inner, ProfileTests.outer, ProfileTests.unknown], values: [3, 48]),
                Profile.Sample(stack: [ProfileTests.unknown], values: [1, 8]),
            ])
        #expect(profile.index(of: "alloc_space") == 1)
        #expect(profile.index(of: "inuse_space") == nil)
        #expect(profile.place == "draft.pprof")
    }

    @Test func readsPackedAndUnpacked() throws {
        let bytes = try ProfileDraft().bytes()
        #expect(try Profile(Packing.gzip(bytes), from: "draft.pprof") == ProfileDraft().profile())
    }

    @Test func readsTextThatIsNotUTF8() throws {
        var draft = ProfileDraft()
        draft.message.stringTable[8] = Data([0x2f, 0xff, 0x2e, 0x67, 0x6f])
        #expect(try draft.profile().samples[0].stack[1].file == "/\u{fffd}.go")
    }

    @Test func aLineWithoutAFunctionHasNoName() throws {
        var draft = ProfileDraft()
        draft.message.location[0].line[0].functionID = 0
        #expect(try draft.profile().samples[0].stack[0] == Profile.Frame(function: "", file: "", line: 11))
    }

    @Test(arguments: [
        ("m.F", "m.F"), ("m.F[...]", "m.F[...]"), ("m.(*Set[go.shape.string]).Add", "m.(*Set[...]).Add"),
        ("m.Map[go.shape.[]int,go.shape.struct { A [2]int }].func1", "m.Map[...].func1"), ("]m[", "]m["), ("[", "["),
        ("[]", "[...]"), ("", ""),
    ]) func leavesTypeArgumentsOut(name: String, short: String) {
        #expect(GoName.withoutTypeArguments(name) == short)
    }
}
