import Pprof
import TestSupport
import Testing

@Suite("Comparisons of random attributions against what must hold for all of them")
struct AttributionDifferencePropertyTests {
    private static func sites(_ random: inout SeededGenerator, count: Int) -> [Site: Cost] {
        var sites: [Site: Cost] = [:]
        for _ in 0..<count {
            let (file, line) = (Int.random(in: 0...2, using: &random), Int.random(in: 1...20, using: &random))
            let site = Site(
                function: "m.F\(line / 5)", file: "\(file).go", line: line,
                callee: random.once(in: 2) ? nil : "fmt.F\(Int.random(in: 0...1, using: &random))")
            sites[site] = Stacks.cost(Double(Int.random(in: -5...5, using: &random)))
        }
        return sites
    }

    private static func attribution(_ sites: [Site: Cost]) -> Attribution {
        Attribution(sites: sites, functions: [], unattributed: .zero)
    }

    @Test(arguments: 0..<200) func nothingIsLostOrCountedTwice(seed: Int) {
        var random = SeededGenerator(seed: seed)
        let before = Self.sites(&random, count: Int.random(in: 0...60, using: &random))
        let after = Self.sites(&random, count: Int.random(in: 0...60, using: &random))
        let (shift, texts) = (Int.random(in: -3...3, using: &random), Int.random(in: 1...20, using: &random))
        func compare(_ before: [Site: Cost], _ after: [Site: Cost]) -> [SiteDifference] {
            AttributionDifference(
                before: Self.attribution(before), after: Self.attribution(after),
                moved: { file, line in line % 3 == 0 ? nil : (file, line + shift) },
                text: { _, _, line in line % 7 == 0 ? nil : "text \(line % texts)" }
            ).sites
        }
        let differences = compare(before, after)
        let (old, new) = (before.values.reduce(.zero, +), after.values.reduce(Cost.zero, +))
        #expect(differences.map(\.difference).reduce(.zero, +) == new - old)
        #expect(differences.allSatisfy { $0.difference != .zero })
        #expect(differences.allSatisfy { !$0.isGone || $0.after == .zero })
        #expect(Set(differences.map { [String(describing: $0.site), "\($0.isGone)"] }).count == differences.count)
        let objects = differences.map { abs($0.difference.objects) }
        #expect(objects == objects.sorted(by: >))
        // The same values in dictionaries of another order.
        var again = [Site: Cost](minimumCapacity: 1000)
        for (site, cost) in before.sorted(by: { $0.value.objects < $1.value.objects }) { again[site] = cost }
        #expect(compare(again, after) == differences)
    }

    @Test(arguments: 0..<50) func movingAllCodeIsNoDifference(seed: Int) {
        var random = SeededGenerator(seed: seed)
        let before = Self.sites(&random, count: 40)
        let after = Dictionary(
            uniqueKeysWithValues: before.map { site, cost in
                let file = "new/" + site.file
                return (
                    Site(function: "x." + site.function, file: file, line: site.line + 9, callee: site.callee), cost
                )
            })
        let byDiff = AttributionDifference(
            before: Self.attribution(before), after: Self.attribution(after),
            moved: { file, line in ("new/" + file, line + 9) }, text: { _, _, _ in nil })
        #expect(byDiff.sites.isEmpty)
        let byText = AttributionDifference(
            before: Self.attribution(before), after: Self.attribution(after), moved: { _, _ in nil },
            text: { side, file, line in side == .before ? "new/\(file) \(line + 9)" : "\(file) \(line)" })
        #expect(byText.sites.isEmpty)
    }
}
