extension DemoReport {
    static let pad: [DemoChange] = [
        .replace(
            render,
            old: """
                import (
                    "fmt"
                    "strings"
                )
                """,
            new: """
                import "strings"
                """),
        .replace(
            render,
            old: """
                    fmt.Fprintln(&text, l.Title)
                """,
            new: """
                    text.WriteString(l.Title)
                    text.WriteByte('\\n')
                """),
        .replace(
            render,
            old: """
                            fmt.Fprintf(&text, "%-*s", c.Width, row[c.Name])
                        }
                        fmt.Fprintln(&text)
                """,
            new: """
                            value := row[c.Name]
                            text.WriteString(value)
                            pad(&text, c.Width-len(value))
                        }
                        text.WriteByte('\\n')
                """),
        .append(
            render,
            """
            // pad writes n spaces.
            func pad(text *strings.Builder, n int) {
                for ; n > 0; n-- {
                    text.WriteByte(' ')
                }
            }
            """),
    ]

    static let negativeWidths: [DemoChange] = [
        .replace(
            layout,
            old: """
                    if err != nil {
                        return Column{}, fmt.Errorf("report: no width in %q", field)
                    }
                """,
            new: """
                    if err != nil || n < 0 {
                        return Column{}, fmt.Errorf("report: no width in %q", field)
                    }
                """)
    ]

    static let right: [DemoChange] = [
        .replace(
            layout,
            old: """
                    Name  string
                    Width int
                """,
            new: """
                    Name  string
                    Width int
                    Right bool
                """),
        .replace(
            layout,
            old: """
                    n, err := strconv.Atoi(width)
                """,
            new: """
                    n, err := strconv.Atoi(strings.TrimPrefix(width, ">"))
                """),
        .replace(
            layout,
            old: """
                    return Column{Name: name, Width: n}, nil
                """,
            new: """
                    return Column{Name: name, Width: n, Right: strings.HasPrefix(width, ">")}, nil
                """),
        .replace(
            render,
            old: """
                            text.WriteString(value)
                            pad(&text, c.Width-len(value))
                """,
            new: """
                            if c.Right {
                                pad(&text, c.Width-len(value))
                                text.WriteString(value)
                            } else {
                                text.WriteString(value)
                                pad(&text, c.Width-len(value))
                            }
                """),
    ]

    static let writeRow: [DemoChange] = [
        .replace(
            render,
            old: """
                        for _, c := range l.Columns {
                            value := row[c.Name]
                            if c.Right {
                                pad(&text, c.Width-len(value))
                                text.WriteString(value)
                            } else {
                                text.WriteString(value)
                                pad(&text, c.Width-len(value))
                            }
                        }
                        text.WriteByte('\\n')
                    }
                    return text.String(), nil
                }
                """,
            new: """
                        l.write(&text, row)
                    }
                    return text.String(), nil
                }

                func (l *Layout) write(text *strings.Builder, row Row) {
                    for _, c := range l.Columns {
                        c.write(text, row[c.Name])
                    }
                    text.WriteByte('\\n')
                }

                func (c Column) write(text *strings.Builder, value string) {
                    if c.Right {
                        pad(text, c.Width-len(value))
                        text.WriteString(value)
                    } else {
                        text.WriteString(value)
                        pad(text, c.Width-len(value))
                    }
                }
                """)
    ]

    static let rightTest: [DemoChange] = [
        .append(
            test,
            """
            func TestRight(t *testing.T) {
                got, err := Render("Fills: symbol 6, price >6", []Row{{"symbol": "ACME", "price": "1015"}})
                if err != nil || got != "Fills\\nACME    1015\\n" {
                    t.Errorf("got %q, %v", got, err)
                }
            }
            """)
    ]

    static let cut: [DemoChange] = [
        .replace(
            render,
            old: """
                func (c Column) write(text *strings.Builder, value string) {
                """,
            new: """
                func (c Column) write(text *strings.Builder, value string) {
                    if len(value) > c.Width {
                        value = value[:c.Width]
                    }
                """)
    ]

    static let cutTest: [DemoChange] = [
        .append(
            test,
            """
            func TestLongValuesAreCut(t *testing.T) {
                got, err := Render("Fills: symbol 2", []Row{{"symbol": "ACME"}})
                if err != nil || got != "Fills\\nAC\\n" {
                    t.Errorf("got %q, %v", got, err)
                }
            }
            """)
    ]

    static let total: [DemoChange] = [
        .write(
            "report/total.go",
            """
            package report

            import "strconv"

            // Total adds up a column. Values that are no numbers count as 0.
            func Total(rows []Row, column string) int64 {
                var sum int64
                for _, row := range rows {
                    n, _ := strconv.ParseInt(row[column], 10, 64)
                    sum += n
                }
                return sum
            }
            """)
    ]

    static let totalTest: [DemoChange] = [
        .write(
            "report/total_test.go",
            """
            package report

            import "testing"

            func TestTotal(t *testing.T) {
                rows := []Row{{"size": "40"}, {"size": "none"}, {"size": "2"}}
                if got := Total(rows, "size"); got != 42 {
                    t.Errorf("got %d", got)
                }
            }
            """)
    ]

    static let spaces: [DemoChange] = [
        .replace(layout, old: "strings.Cut(field, \" \")", new: "strings.Cut(strings.TrimSpace(field), \" \")"),
        .replace(layout, old: "strings.Split(rest, \", \")", new: "strings.Split(rest, \",\")"),
    ]

    static let noTitle: [DemoChange] = [
        .replace(layout, old: "if !ok {", new: "if !ok || title == \"\" {")
    ]

    static let rowComment: [DemoChange] = [
        .replace(
            render,
            old: """
                // Row holds values by column.
                """,
            new: """
                // Row holds values by column. A column without a value is printed as spaces.
                """)
    ]
}
