import Benchmarks

extension Scenario {
    /// What is copied grows with every iteration, beside so much else that fewer iterations are profiled at first, which
    /// show a part of the difference only.
    static let copiedList = Scenario(
        "bytes that grow with b.N", .bytes,
        [
            "m.go": """
            package m

            var (
            \tlist   []byte
            \tcopied []byte
            \tother  *[16]byte
            )

            // Work copies a list.
            func Work() {
            \tfor i := 0; i < 40; i++ {
            \t\tother = new([16]byte)
            \t}
            -\tlist = append(list[:0], 1, 2, 3, 4, 5, 6, 7, 8)
            +\tlist = append(list, 1, 2, 3, 4, 5, 6, 7, 8)
            \tcopied = append([]byte(nil), list...) // seeded
            }
            """,
            "m_test.go": test(calling: "Work()"),
        ])
}
