import Testing

@testable import Reports

@Suite("Tables")
struct TextTableTests {
    @Test("line up, numbers to the right, and cut nothing")
    func lines() {
        let table = TextTable(
            header: ["name", "allocs/op", "note"], rows: [["a", "2", ""], ["much longer", "1234567.891", "x"]])
        #expect(
            table.lines == [
                "name           allocs/op  note", "a                      2", "much longer  1234567.891  x",
            ])
    }
}
