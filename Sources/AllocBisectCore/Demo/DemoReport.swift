/// The report printer of the demo's module as it was in v1.0.0.
enum DemoReport {
    static let layout = "report/layout.go"
    static let render = "report/render.go"
    static let test = "report/report_test.go"

    static let layouts: [DemoChange] = [
        .write(
            layout,
            """
            // Package report prints rows of values as text.
            package report

            import (
                "errors"
                "fmt"
                "strconv"
                "strings"
            )

            // Column is one column of a layout.
            type Column struct {
                Name  string
                Width int
            }

            // Layout is a title and the columns below it.
            type Layout struct {
                Title   string
                Columns []Column
            }

            // ParseLayout reads a layout such as "Fills: symbol 8, price 10".
            func ParseLayout(text string) (*Layout, error) {
                title, rest, ok := strings.Cut(text, ": ")
                if !ok {
                    return nil, errors.New("report: a layout needs a title")
                }
                l := &Layout{Title: title}
                for _, field := range strings.Split(rest, ", ") {
                    c, err := parseColumn(field)
                    if err != nil {
                        return nil, err
                    }
                    l.Columns = append(l.Columns, c)
                }
                return l, nil
            }

            func parseColumn(field string) (Column, error) {
                name, width, _ := strings.Cut(field, " ")
                n, err := strconv.Atoi(width)
                if err != nil {
                    return Column{}, fmt.Errorf("report: no width in %q", field)
                }
                return Column{Name: name, Width: n}, nil
            }
            """),
        .write(
            test,
            """
            package report

            import "testing"

            func TestParseLayout(t *testing.T) {
                l, err := ParseLayout("Fills: symbol 8, price 10")
                if err != nil || l.Title != "Fills" || len(l.Columns) != 2 || l.Columns[1].Width != 10 {
                    t.Errorf("got %v, %v", l, err)
                }
            }
            """),
    ]

    static let rows: [DemoChange] = [
        .write(
            render,
            """
            package report

            import (
                "fmt"
                "strings"
            )

            // Row holds values by column.
            type Row map[string]string

            // Render prints rows below each other in the columns of a layout.
            func Render(layout string, rows []Row) (string, error) {
                l, err := ParseLayout(layout)
                if err != nil {
                    return "", err
                }
                var text strings.Builder
                fmt.Fprintln(&text, l.Title)
                for _, row := range rows {
                    for _, c := range l.Columns {
                        fmt.Fprintf(&text, "%-*s", c.Width, row[c.Name])
                    }
                    fmt.Fprintln(&text)
                }
                return text.String(), nil
            }
            """)
    ]

    static let benchmark: [DemoChange] = [
        .write(
            "report/bench_test.go",
            """
            package report

            import (
                "strconv"
                "testing"
            )

            var text string

            func BenchmarkRender(b *testing.B) {
                rows := []Row{
                    {"symbol": "ACME", "price": "1015", "size": "40"},
                    {"symbol": "INIT", "price": "980", "size": "5"},
                    {"symbol": "SOLO", "price": "12000", "size": "300"},
                }
                b.ReportAllocs()
                b.ResetTimer()
                for i := 0; i < b.N; i++ {
                    text, _ = Render("Fills of run "+strconv.Itoa(i)+": symbol 8, price 10, size 6", rows)
                }
            }
            """)
    ]
}
