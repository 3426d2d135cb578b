/// Go source with every sort of allocation; comments say what the compiler is to tell of their lines.
enum EscapeSource {
    /// `// heap:` holds for every Go. Newer ones tell of growing slices, too, once more where a generic function begins
    /// (`// new:`), and have small slices of any size on the stack (not `// old:`).
    static let text = """
        package m

        import "fmt"

        type point struct{ x, y int }

        func (p *point) move(d int) { p.x += d }

        func (p point) sum() int { return p.x + p.y }

        type stack[T any] struct{ items []T }

        func (s *stack[T]) push(v T) { // new: append escapes to heap
        \ts.items = append(s.items, v) // new: append escapes to heap
        }

        var (
        \tsinkAny   any
        \tsinkAnys  []any
        \tsinkInts  []int
        \tsinkPoint *point
        \tsinkFunc  func() int
        \tsinkText  string
        \tsinkBytes []byte
        \tsinkRunes []rune
        \tsinkMap   map[string]int
        \tsinkChan  chan point
        \tsinkHuge  *[1 << 20]int
        )

        func keep(values ...any) { sinkAnys = values }

        func slices(n int) {
        \tsinkInts = append(sinkInts, n) // new: append escapes to heap
        \tsinkInts = make([]int, n)      // heap: make([]int, n) escapes to heap
        \tlocal := make([]int, n)        // old: make([]int, n) escapes to heap
        \tsinkInts = []int{n, local[0]}  // heap: []int{...} escapes to heap
        }

        func maps(n int) {
        \tsinkMap = make(map[string]int, n)   // heap: make(map[string]int, n) escapes to heap
        \tsinkMap = map[string]int{"a": n}    // heap: map[string]int{...} escapes to heap
        \tsinkChan = make(chan point, 2)
        }

        func pointers(n int) {
        \tsinkPoint = &point{n, n}         // heap: &point{...} escapes to heap
        \tsinkPoint = new(point)           // heap: new(point) escapes to heap
        \tsinkHuge = new([1 << 20]int)     // heap: new([1048576]int) escapes to heap
        }

        func boxes(n int, p point) {
        \tsinkAny = n           // heap: n escapes to heap
        \tsinkAny = p           // heap: p escapes to heap
        \tkeep(n, "constant")   // heap: ... argument escapes to heap | n escapes to heap | "constant" escapes to heap
        \tfmt.Println(n)        // heap: n escapes to heap
        }

        func texts(text string, raw []byte, r rune) {
        \tsinkText = string(raw)         // heap: string(raw) escapes to heap
        \tsinkText = string(r)           // heap: string(r) escapes to heap
        \tsinkBytes = []byte(text)       // heap: ([]byte)(text) escapes to heap
        \tsinkRunes = []rune(text)       // heap: ([]rune)(text) escapes to heap
        \tsinkText = text + ": " + text  // heap: text + ": " + text escapes to heap
        }

        func functions(n int, done chan int) {
        \tcounter := 0                                   // heap: moved to heap: counter
        \tsinkFunc = func() int { counter++; return n }  // heap: func literal escapes to heap
        \tp := point{}                                   // heap: moved to heap: p
        \tkeep(p.move)                                   // heap: ... argument escapes to heap | p.move escapes to heap
        \tfor i := 0; i < n; i++ {                       // heap: moved to heap: i
        \t\tdefer func() { counter += i }()               // heap: func literal escapes to heap
        \t}
        \tgo func() { done <- counter }()                // heap: func literal escapes to heap
        }

        func generic(text string) {
        \ts := stack[string]{}
        \ts.push(text) // new: append escapes to heap
        \tsinkAny = s  // heap: s escapes to heap
        }

        func stays(n int) int {
        \tp := &point{n, n}
        \tp.move(1)
        \treturn p.sum()
        }

        """

    /// What the comments say, as `line: text` in order.
    static func expected(isNew: Bool) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
            ["// heap: ", isNew ? "// new: " : "// old: "].flatMap { mark in
                line.firstRange(of: mark).map { line[$0.upperBound...].split(separator: " | ") } ?? []
            }.map { "\(index + 1): \($0)" }
        }.sorted()
    }
}
