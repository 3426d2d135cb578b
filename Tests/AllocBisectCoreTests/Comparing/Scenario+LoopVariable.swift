import Benchmarks

extension Scenario {
    /// From `go 1.22` on, a loop has a variable of its own for each iteration.
    static let loopVariable = Scenario(
        "loop variables of go 1.22", .allocations, kind: "toolchain", minimumGo: 22,
        [
            "go.mod": """
            module example.com/m

            -go 1.21
            +go 1.22
            """,
            "m.go": """
            package m

            var visits [8]func() int

            -// Prepare prepares visits.
            +// Prepare prepares visits: each begins
            +// above the floor that it is for.
            func Prepare(floors int) {
            \tfor i := 0; i < floors; i++ { // seeded
            \t\tvisits[i%len(visits)] = func() int {
            \t\t\ti++
            \t\t\treturn i
            \t\t}
            \t}
            }
            """,
            "m_test.go": test(calling: "Prepare(6)"),
        ])
}
