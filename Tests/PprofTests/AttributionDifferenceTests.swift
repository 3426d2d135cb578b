import Pprof
import Testing

@Suite("Costs by line at two commits")
struct AttributionDifferenceTests {
    private typealias Sites = [Site: Double]

    private static func site(_ function: String, _ position: String, _ callee: String? = nil) -> Site {
        let frame = Stacks.frame("\(function) \(position)")
        return Site(function: function, file: frame.file, line: frame.line, callee: callee)
    }

    /// The differences of two sides, whose texts are given by position.
    private static func sites(
        _ before: Sites, _ after: Sites, moved: [String: String] = [:], old: [String: String] = [:],
        new: [String: String] = [:]
    ) -> [SiteDifference] {
        AttributionDifference(
            before: Stacks.attribution(before), after: Stacks.attribution(after),
            moved: { file, line in
                moved["\(file):\(line)"].map { Stacks.frame("_ \($0)") }.map { ($0.file, $0.line) }
            },
            text: { side, file, line in (side == .before ? old : new)["\(file):\(line)"] }
        ).sites
    }

    private static func difference(
        _ site: Site, _ before: Double, _ after: Double, isGone: Bool = false
    ) -> SiteDifference {
        SiteDifference(site: site, before: Stacks.cost(before), after: Stacks.cost(after), isGone: isGone)
    }

    @Test func aMovedLineIsNoDifference() {
        let sites = AttributionDifferenceTests.sites(
            [Self.site("m.F", "a.go:5", "fmt.Sprint"): 2, Self.site("m.F", "a.go:6"): 1],
            [Self.site("m.G", "b.go:9", "fmt.Sprint"): 2, Self.site("m.G", "b.go:10"): 4],
            moved: ["a.go:5": "b.go:9", "a.go:6": "b.go:10"])
        #expect(sites == [Self.difference(Self.site("m.G", "b.go:10"), 1, 4)])
    }

    @Test func anotherCalleeIsAnotherSite() {
        let sites = Self.sites(
            [Self.site("m.F", "a.go:5", "fmt.Sprint"): 2], [Self.site("m.F", "a.go:5"): 2],
            moved: ["a.go:5": "a.go:5"], old: ["a.go:5": "x"], new: ["a.go:5": "x"])
        #expect(
            sites == [
                Self.difference(Self.site("m.F", "a.go:5"), 0, 2),
                Self.difference(Self.site("m.F", "a.go:5", "fmt.Sprint"), 2, 0, isGone: true),
            ])
    }

    @Test func sameTextIsPairedByFunctionFirst() {
        let text = "\tout = append(out, x)"
        let sites = Self.sites(
            [Self.site("x/m.F", "a.go:5"): 1, Self.site("x/m.G", "a.go:9"): 7],
            [Self.site("y/m.G", "c.go:2"): 7, Self.site("y/m.F", "c.go:4"): 1],
            old: ["a.go:5": text, "a.go:9": text], new: ["c.go:2": text + "  ", "c.go:4": "out = append(out, x)"])
        #expect(sites.isEmpty)
    }

    @Test func sameTextIsPairedInAnotherFunctionToo() {
        let sites = Self.sites(
            [Self.site("m.F", "a.go:5"): 1], [Self.site("m.New", "b.go:2"): 3], old: ["a.go:5": "s"],
            new: ["b.go:2": "\ts"])
        #expect(sites == [Self.difference(Self.site("m.New", "b.go:2"), 1, 3)])
    }

    @Test(arguments: [nil, "", " \t"] as [String?]) func noTextPairsNothing(text: String?) {
        let (old, new) = (Self.site("m.F", "a.go:5"), Self.site("m.G", "b.go:2"))
        let texts = text.map { ["a.go:5": $0, "b.go:2": $0] } ?? [:]
        let sites = Self.sites([old: 1], [new: 1], old: texts, new: texts)
        #expect(sites == [Self.difference(old, 1, 0, isGone: true), Self.difference(new, 0, 1)])
    }

    @Test func anEditedLineIsOneDifference() {
        let sites = Self.sites(
            [Self.site("m.F", "a.go:5"): 1], [Self.site("m.F", "a.go:6"): 3], old: ["a.go:5": "make(1)"],
            new: ["a.go:6": "make(3)"])
        #expect(sites == [Self.difference(Self.site("m.F", "a.go:6"), 1, 3)])
    }

    @Test func severalEditedLinesAreNotGuessed() {
        let (old, one, two) = (Self.site("m.F", "a.go:5"), Self.site("m.F", "a.go:6"), Self.site("m.F", "a.go:7"))
        let sites = Self.sites([old: 1], [one: 2, two: 3])
        #expect(
            sites == [
                Self.difference(two, 0, 3), Self.difference(one, 0, 2), Self.difference(old, 1, 0, isGone: true),
            ])
    }

    @Test func anEditedLineThatCostsTheSameIsNoDifference() {
        let (old, one, two) = (Self.site("m.F", "a.go:5"), Self.site("m.F", "a.go:6"), Self.site("m.F", "a.go:7"))
        #expect(Self.sites([old: 1], [one: 1, two: 1]) == [Self.difference(two, 0, 1)])
    }

    @Test func whatTheDiffMovedIsNotPairedAgain() {
        // The line that stayed keeps its partner, though the new line has the same text and comes first.
        let (stayed, added) = (Self.site("m.F", "a.go:6"), Self.site("m.F", "a.go:5"))
        let sites = Self.sites(
            [Self.site("m.F", "a.go:5"): 4], [added: 3, stayed: 4], moved: ["a.go:5": "a.go:6"], old: ["a.go:5": "s"],
            new: ["a.go:5": "s", "a.go:6": "s"])
        #expect(sites == [Self.difference(added, 0, 3)])
    }

    @Test func functionLiteralsOfOneLineAreOneSite() {
        let sites = Self.sites(
            [Self.site("m.F.func1", "a.go:5"): 4],
            [Self.site("m.F.func1", "a.go:5"): 1, Self.site("m.G.F.func1", "a.go:5"): 3], moved: ["a.go:5": "a.go:5"])
        #expect(sites.isEmpty)
        let more = Self.sites(
            [:],
            [Self.site("m.F.func1", "a.go:5"): 1, Self.site("m.G.F.func1", "a.go:5"): 3, Self.site("m.H", "a.go:5"): 2])
        #expect(more == [Self.difference(Self.site("m.G.F.func1", "a.go:5"), 0, 6)])
    }

    @Test func largestDifferencesComeFirst() {
        func cost(_ objects: Double, _ bytes: Double) -> Cost { Cost(objects: objects, bytes: bytes) }
        let added: [(Site, Cost)] = [
            (Self.site("m.A", "a.go:3"), cost(-5, 0)), (Self.site("m.A", "a.go:2"), cost(1, 64)),
            (Self.site("m.A", "a.go:9"), cost(1, 8)), (Self.site("m.A", "b.go:1"), cost(1, 8)),
            (Self.site("m.A", "b.go:1", "fmt.F"), cost(1, 8)), (Self.site("m.A", "a.go:1"), cost(0, 99)),
        ]
        let after = Attribution(
            sites: Dictionary(uniqueKeysWithValues: added), functions: [], unattributed: .zero)
        let difference = AttributionDifference(
            before: Stacks.attribution([:]), after: after, moved: { _, _ in nil }, text: { _, _, _ in nil })
        #expect(difference.sites.map(\.site) == added.map(\.0))
        #expect(difference.sites.map(\.difference) == added.map(\.1))
    }

    @Test func roundingIsNoDifference() {
        let site = Self.site("m.F", "a.go:5")
        let stays = ["a.go:5": "a.go:5"]
        #expect(Self.sites([site: 0.1 + 0.2], [site: 0.3], moved: stays).isEmpty)
        #expect(Self.sites([site: 1e12 / 3], [site: 1e12 / 3 + 0.0001], moved: stays).isEmpty)
        #expect(Self.sites([site: 0.3], [site: 0.3 + 1e-8], moved: stays).count == 1)
        #expect(Self.sites([:], [site: 1e-10]).isEmpty)
    }
}
