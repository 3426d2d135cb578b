import Benchmarks
import Testing

@Suite("What perf counted") struct PerfCountTests {
    /// As perf 6.1 writes it.
    @Test func isRead() {
        let text = "# started on Sun Nov 29 10:13:45 2026\n\n57904052;;instructions:u;60935808;100.00;;\n"
        #expect(PerfCount(text)?.total == 57_904_052)
    }

    /// A processor with cores of two kinds counts on each by itself, and a process may have been on both, or on one.
    @Test func coresOfSeveralKindsAreAddedUp() {
        let both = "1000;;cpu_atom/instructions/u;10;25.00;;\n3000;;cpu_core/instructions/u;30;75.00;;\n"
        #expect(PerfCount(both)?.total == 4000)
        let one = "<not counted>;;cpu_atom/instructions/u;0;0.00;;\n3000;;cpu_core/instructions/u;30;100.00;;\n"
        #expect(PerfCount(one)?.total == 3000)
    }

    @Test(
        "what is not whole is nothing",
        arguments: [
            "", "<not supported>;;instructions:u;0;100.00;;\n", "<not counted>;;instructions:u;0;0.00;;\n",
            // Somebody else had the counter for a third of the time.
            "4727639;;instructions:u;8792400;52.00;0.60;insn per cycle\n",
            "2000;;instructions:u;20\n", "2000;;instructions:u;20;much;;\n", "2000.5;;instructions:u;20;100.00;;\n",
            "-1;;instructions:u;20;100.00;;\n", "0;;instructions:u;20;100.00;;\n", "2000;;cycles:u;20;100.00;;\n",
            "9223372036854775807;;a/instructions/u;1;50.00;;\n9223372036854775807;;b/instructions/u;1;50.00;;\n",
        ])
    func nothing(text: String) { #expect(PerfCount(text) == nil) }

    /// Numbers are printed as the user's language has them.
    @Test func commasInNumbers() { #expect(PerfCount("7;;instructions:u;5;100,00;;\n")?.total == 7) }
}
