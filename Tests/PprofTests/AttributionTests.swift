import Pprof
import TestSupport
import Testing

@Suite("Costs by line and function")
struct AttributionTests {
    private static let outside = "fmt.Sprintf /go/fmt/print.go:240"

    @Test func theInnermostFrameInTheRepositoryPays() {
        let costs = StackCosts(
            [
                Stacks.stack("fmt.x /go/fmt/x.go:1", AttributionTests.outside, "m.F /r/m.go:7", "m.B /r/b.go:3"):
                    Stacks.cost(20),
                Stacks.stack(AttributionTests.outside, "m.F /r/m.go:7", "m.C /r/b.go:9"): Stacks.cost(10),
                Stacks.stack("m.F /r/m.go:7", "m.B /r/b.go:3"): Stacks.cost(4),
                Stacks.stack("m.F /r/m.go:8", "sort.Sort /go/sort.go:1", "m.B /r/b.go:4"): Stacks.cost(2),
                Stacks.stack("runtime.main /go/proc.go:1"): Stacks.cost(6),
                []: Stacks.cost(1),
            ], span: 2)
        let attribution = Attribution(costs, path: Stacks.path)
        #expect(
            attribution.sites == [
                Site(function: "m.F", file: "m.go", line: 7, callee: "fmt.Sprintf"): Stacks.cost(15),
                Site(function: "m.F", file: "m.go", line: 7): Stacks.cost(2),
                Site(function: "m.F", file: "m.go", line: 8): Stacks.cost(1),
            ])
        #expect(attribution.unattributed == Stacks.cost(3.5))
        func function(_ name: String, _ file: String, _ flat: Double, _ cumulative: Double) -> FunctionCosts {
            FunctionCosts(function: name, file: file, flat: Stacks.cost(flat), cumulative: Stacks.cost(cumulative))
        }
        #expect(
            attribution.functions == [
                function("m.B", "b.go", 0, 13), function("m.C", "b.go", 0, 5), function("m.F", "m.go", 18, 18),
            ])
    }

    @Test func recursionCountsOnce() {
        let costs = StackCosts(
            [Stacks.stack("m.F /r/m.go:7", "m.G /r/m.go:2", "m.F /r/m.go:8", "m.F /r/m.go:7"): Stacks.cost(5)], span: 1)
        let functions = Attribution(costs, path: Stacks.path).functions
        #expect(functions.map(\.function) == ["m.F", "m.G"])
        #expect(functions.map(\.cumulative) == [Stacks.cost(5), Stacks.cost(5)])
        #expect(functions.map(\.flat) == [Stacks.cost(5), .zero])
    }

    @Test func functionsOfOneNameInTwoFilesAreTwo() {
        let costs = StackCosts(
            [
                Stacks.stack("m.init.0 /r/b.go:7"): Stacks.cost(5), Stacks.stack("m.init.0 /r/a.go:7"): Stacks.cost(3),
            ], span: 1)
        let attribution = Attribution(costs, path: Stacks.path)
        #expect(attribution.functions.map(\.file) == ["a.go", "b.go"])
        #expect(attribution.functions.map(\.flat.objects) == [3, 5])
        #expect(attribution.sites.count == 2)
    }

    @Test func sitesWhoseStacksCancelAreNone() {
        let costs = StackCosts(
            [
                Stacks.stack("m.F /r/m.go:7", "m.A /r/m.go:1"): Stacks.cost(5),
                Stacks.stack("m.F /r/m.go:7", "m.B /r/m.go:2"): Stacks.cost(-5),
            ], span: 3)
        let attribution = Attribution(costs, path: Stacks.path)
        #expect(attribution.sites.isEmpty)
        #expect(attribution.functions.map(\.cumulative.objects) == [5.0 / 3, -5.0 / 3, 0])
    }

    /// Any stacks against the definitions, word by word.
    @Test(arguments: 0..<20) func agreesWithTheDefinitions(seed: Int) {
        var random = SeededGenerator(seed: seed)
        let names = ["m.A /r/a.go", "m.B /r/a.go", "m.A /r/b.go", "fmt.F /go/f.go", "fmt.G /go/f.go"]
        var sums: [[Profile.Frame]: Cost] = [:]
        for _ in 0..<200 {
            let stack = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                Stacks.frame("\(names.randomElement(using: &random) ?? ""):\(Int.random(in: 1...3, using: &random))")
            }
            sums[stack, default: .zero] += Stacks.cost(Double(Int.random(in: -9...99, using: &random)))
        }
        let attribution = Attribution(StackCosts(sums, span: 1), path: Stacks.path)
        var sites: [Site: Cost] = [:]
        var unattributed = Cost.zero
        for (stack, cost) in sums {
            if let index = stack.firstIndex(where: { $0.file.hasPrefix("/r/") }) {
                let site = Site(
                    function: stack[index].function, file: String(stack[index].file.dropFirst(3)),
                    line: stack[index].line, callee: index == 0 ? nil : stack[index - 1].function)
                sites[site, default: .zero] += cost
            } else {
                unattributed += cost
            }
        }
        #expect(attribution.sites == sites.filter { $0.value != .zero })
        #expect(attribution.unattributed == unattributed)
        #expect(attribution.functions.count == 3)
        for function in attribution.functions {
            let isIt = { (frame: Profile.Frame) in
                frame.function == function.function && frame.file == "/r/" + function.file
            }
            let stacks = sums.filter { $0.key.contains(where: isIt) }
            #expect(function.cumulative == stacks.values.reduce(.zero, +))
            let own = sites.filter { $0.key.function == function.function && $0.key.file == function.file }
            #expect(function.flat == own.values.reduce(.zero, +))
        }
    }
}
