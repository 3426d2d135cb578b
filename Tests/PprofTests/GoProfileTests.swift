import TestSupport
import Testing

@testable import Pprof

@Suite("Real profiles of real Go, against what Go's own pprof says about them", .tags(.go), .serialized)
struct GoProfileTests {
    @Test(arguments: GoCommands.all, ["heap100", "heap1100", "goroutine"])
    func readsWhatPprofReads(go: String, name: String) throws {
        let profiles = try GoProfiles.of(go)
        let profile = try Profile(profiles.profile(name), from: name)
        var values: [[String]: [Int64]] = [:]
        for sample in profile.samples where sample.values.contains(where: { $0 != 0 }) {
            let stack = sample.stack.map { "\($0.function) \($0.file):\($0.line)" }
            values[stack] = zip(values[stack] ?? sample.values.map { _ in 0 }, sample.values).map { $0 + $1 }
        }
        let expected = try RawText(profiles.pprof(name, "-raw")).values
        #expect(values.count >= 3)
        #expect(Set(values.keys) == Set(expected.keys))
        #expect(values == expected)
        let types = profile.sampleTypes.map(\.type)
        #expect(
            types
                == (name == "goroutine"
                    ? ["goroutine"] : ["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"]))
    }

    @Test(arguments: GoCommands.all, ["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"])
    func sumsByFunctionAreThoseOfPprof(go: String, type: String) throws {
        let profiles = try GoProfiles.of(go)
        let text = try profiles.pprof(
            "heap1100", "-top", "-nodecount=0", "-nodefraction=0", "-edgefraction=0", "-unit=B", "-sample_index=" + type
        )
        let expected = RawText.top(text)
        let profile = try Profile(profiles.heap(iterations: 1100), from: "heap")
        let index = try #require(profile.index(of: type))
        var (flat, cumulative): ([String: Int64], [String: Int64]) = ([:], [:])
        for sample in profile.samples where sample.values[index] != 0 {
            if let first = sample.stack.first { flat[first.function, default: 0] += sample.values[index] }
            for function in Set(sample.stack.map(\.function)) {
                cumulative[function, default: 0] += sample.values[index]
            }
        }
        #expect(flat == expected.mapValues(\.flat).filter { $0.value != 0 })
        // Functions with type arguments are one here, and several there.
        let named = { (item: (key: String, value: Int64)) in !item.key.contains("[") }
        #expect(cumulative.filter(named) == expected.mapValues(\.cumulative).filter(named))
        #expect(flat["example.com/m.inner", default: 0] > 0 || type.hasPrefix("inuse"))
        #expect(flat["example.com/m/set.Box[...]", default: 0] > 0 || type.hasPrefix("inuse"))
    }

    @Test(arguments: GoCommands.all) func goroutinesAreCounted(go: String) throws {
        let profile = try Profile(GoProfiles.of(go).profile("goroutine"), from: "goroutine")
        let index = try #require(profile.index(of: "goroutine"))
        let waiting = profile.samples.filter { $0.stack.contains { $0.function == "example.com/m.wait" } }
        #expect(waiting.map { $0.values[index] }.reduce(0, +) == 9)
        #expect(throws: ProfileError.self) {
            try StackCosts(.allocated, short: nil, long: profile, span: 1)
        }
    }

    @Test(arguments: GoCommands.all) func setUpCancels(go: String) throws {
        let profiles = try GoProfiles.of(go)
        let short = try Profile(profiles.heap(iterations: 100), from: "short")
        let long = try Profile(profiles.heap(iterations: 1100), from: "long")
        let costs = try StackCosts(
            .allocated, short: short, long: long, span: 1000)
        let allocated = Attribution(costs) { profiles.relative($0.file) }
        GoProfileTests.check(allocated)
        let work = try #require(allocated.functions.first { $0.function == "example.com/m.Work" })
        #expect(abs(work.cumulative.objects - costs.total.objects) < 0.2)
        #expect(abs(work.cumulative.objects + allocated.unattributed.objects - costs.total.objects) < 0.2)
        let kept = try StackCosts(
            .inUse, short: short, long: long, span: 1000)
        let sites = Attribution(kept) { profiles.relative($0.file) }.sites
        let own = sites.filter { $0.key.function == "example.com/m.Work" }.values
        #expect(own.reduce(.zero, +) == Cost(objects: 1, bytes: 64))
        #expect(abs(kept.total.objects - 1) < 0.1)
    }

    @Test(arguments: GoCommands.all) func filesAreRenamedAndNothingElse(go: String) throws {
        let profiles = try GoProfiles.of(go)
        let bytes = try profiles.heap(iterations: 1100)
        let original = try Profile(bytes, from: "heap")
        var files = try ProfileFiles(bytes, from: "heap")
        let all = Set(original.samples.flatMap(\.stack).map(\.file))
        #expect(files.names.isSuperset(of: all))
        files.rename(profiles.relative)
        let renamed = try Profile(files.bytes, from: "renamed")
        let expected = original.samples.map { sample in
            Profile.Sample(
                stack: sample.stack.map {
                    .init(function: $0.function, file: profiles.relative($0.file) ?? $0.file, line: $0.line)
                }, values: sample.values)
        }
        #expect(renamed.samples == expected && renamed.sampleTypes == original.sampleTypes)
        #expect(Set(expected.flatMap(\.stack).map(\.file)).contains("set/set.go"))
        #expect(throws: ProfileError.self) { try ProfileFiles(Array(bytes.prefix(bytes.count / 2)), from: "half") }
    }

    /// What one call of `Work` costs by the sources of ``GoProfiles``.
    private static func check(_ attribution: Attribution) {
        func cost(_ function: String, _ callee: String? = nil) -> Cost {
            attribution.sites.filter { $0.key.function == function && $0.key.callee == callee }.values
                .reduce(.zero, +)
        }
        // Go empties the pool of fmt's printers when it collects garbage, and then fmt makes another.
        let text = cost("example.com/m.grow", "fmt.Sprintf")
        #expect(abs(text.objects - 10) < 0.2 && abs(text.bytes - 240) < 100, "\(text)")
        // A new Go begins to append in a buffer on the stack that is as large as two texts.
        let old = Cost(objects: 5, bytes: 16 + 32 + 64 + 128 + 256)
        let new = Cost(objects: 3, bytes: 64 + 128 + 256)
        #expect([old, new].contains(cost("example.com/m.grow")))
        #expect(cost("example.com/m.inner") == Cost(objects: 1, bytes: 160))
        #expect(cost("example.com/m.descend") == Cost(objects: 1, bytes: 112))
        #expect(cost("example.com/m/set.Box[...]") == Cost(objects: 2, bytes: 176))
        #expect(cost("example.com/m/set.(*Set[...]).Add").objects >= 1)
        let functions = attribution.functions.reduce(into: [:]) { $0[$1.function] = $1 }
        #expect(functions["example.com/m.outer"]?.flat == .zero)
        #expect(functions["example.com/m.outer"]?.cumulative == Cost(objects: 1, bytes: 160))
        #expect(functions["example.com/m.descend"]?.cumulative == Cost(objects: 1, bytes: 112))
        #expect(functions["example.com/m.Work"]?.file == "m.go")
        #expect(functions["example.com/m/set.Box[...]"]?.file == "set/set.go")
    }
}
