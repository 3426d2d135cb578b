import Pprof
import Testing

@Suite("Costs by function at two commits")
struct FunctionDifferenceTests {
    /// Function, file, flat and cumulative objects.
    private typealias Row = (String, String, Double, Double)

    private static func attribution(_ rows: [Row]) -> Attribution {
        let functions = rows.map {
            FunctionCosts(function: $0.0, file: $0.1, flat: Stacks.cost($0.2), cumulative: Stacks.cost($0.3))
        }
        return Attribution(sites: [:], functions: functions, unattributed: .zero)
    }

    private static func functions(_ before: [Row], _ after: [Row]) -> [FunctionDifference] {
        AttributionDifference(
            before: attribution(before), after: attribution(after), moved: { _, _ in nil }, text: { _, _, _ in nil }
        ).functions
    }

    @Test func largestFlatDifferencesComeFirst() {
        let functions = Self.functions(
            [("m.A", "a.go", 1, 9), ("m.B", "a.go", 5, 5), ("m.Same", "a.go", 2, 2), ("m.Gone", "a.go", 3, 3)],
            [("m.A", "a.go", 1, 8), ("m.B", "a.go", 4, 4), ("m.Same", "a.go", 2, 2), ("m.New", "a.go", 1, 30)])
        #expect(functions.map(\.function) == ["m.Gone", "m.New", "m.B", "m.A"])
        #expect(functions.map(\.flatDifference.objects) == [-3, 1, -1, 0])
        #expect(functions.map(\.cumulativeDifference.objects) == [-3, 30, -1, -1])
        #expect(functions[3].cumulativeBefore == Stacks.cost(9))
        #expect(functions[3].cumulativeAfter == Stacks.cost(8))
        #expect(functions[0].flatBefore == Stacks.cost(3) && functions[0].flatAfter == .zero)
    }

    @Test func aFunctionIsTheSameInARenamedFile() {
        #expect(Self.functions([("m.A", "a.go", 1, 1)], [("m.A", "b.go", 1, 1)]).isEmpty)
        let changed = Self.functions([("m.A", "a.go", 1, 1)], [("m.A", "b.go", 2, 2)])
        #expect(changed.map(\.file) == ["b.go"])
        #expect(changed.map(\.flatDifference.objects) == [1])
    }

    @Test func oneNameInSeveralFilesIsNotGuessed() {
        let functions = Self.functions(
            [("m.init.0", "a.go", 1, 1), ("m.init.0", "b.go", 2, 2), ("m.init.0", "c.go", 7, 7)],
            [("m.init.0", "c.go", 7, 7), ("m.init.0", "d.go", 2, 2)])
        #expect(functions.map(\.file) == ["b.go", "d.go", "a.go"])
    }
}
