import Testing

@testable import GoToolchain

@Suite("The lines of functions")
struct FunctionLinesTests {
    @Test("A line that is made to be slow to read is read as quickly as others", .timeLimit(.minutes(1)))
    func longLines() {
        let blanks = String(repeating: " ", count: 1 << 20)
        let letters = String(repeating: "a", count: 1 << 20)
        for start in ["func (", "func (a", "func (a *", "func (T[", "func (T) ", "func f"] {
            for rest in [blanks, letters, blanks + letters, letters + blanks] {
                #expect(FunctionLines.read("package m\n" + start + rest + "!\nfunc F() {}\n") == ["F": 3])
            }
        }
    }

    @Test func readsDeclarations() {
        let source = """
            package m

            func F() {}
            func (t T) M() {}
            func (t *T) P(f func(int) int) int { return 0 }
            func (*T) Q() {}
            func (s *stack[K, V]) push(v V) {}
            func (T[_]) R() {}
            func box[T any](v T) *T { return &v }
            func init() {}
            func init() {}
            \tfunc inner() {}
            var f = func() {}
            func
            func {
            func Größe() {}
            """
        #expect(
            FunctionLines.read(source) == [
                "F": 3, "T.M": 4, "(*T).P": 5, "(*T).Q": 6, "(*stack).push": 7, "T.R": 8, "box": 9, "init": 10,
                "Größe": 16,
            ])
        #expect(FunctionLines.read("") == [:])
    }
}
