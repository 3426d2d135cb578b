extension DemoFeed {
    static let buffer: [DemoChange] = [
        .replace(
            subscription,
            old: """
                // Subscription receives
                """,
            new: """
                // buffer is how many updates wait for a subscriber.
                const buffer = 16

                // Subscription receives
                """),
        .replace(subscription, old: "make(chan Update, 16)", new: "make(chan Update, buffer)"),
    ]

    static let count: [DemoChange] = [
        .append(
            source,
            """
            // Len returns how many subscriptions there are.
            func (h *Hub) Len() int {
                h.mu.Lock()
                defer h.mu.Unlock()
                return len(h.subscriptions)
            }
            """)
    ]

    static let closeTest: [DemoChange] = [
        .append(
            test,
            """
            func TestCloseTwice(t *testing.T) {
                h := NewHub()
                s := h.Subscribe()
                s.Close()
                s.Close()
                if h.Len() != 0 {
                    t.Errorf("%d subscriptions are left", h.Len())
                }
            }
            """)
    ]

    static let symbols: [DemoChange] = [
        .replace(
            subscription,
            old: """
                // Updates returns where
                """,
            new: """
                // Only makes the subscription receive the updates of one symbol.
                func (s *Subscription) Only(symbol string) *Subscription {
                    s.hub.mu.Lock()
                    defer s.hub.mu.Unlock()
                    s.symbol = symbol
                    return s
                }

                // Updates returns where
                """),
        .replace(
            subscription,
            old: """
                    hub     *Hub
                    updates chan Update
                """,
            new: """
                    hub     *Hub
                    symbol  string
                    updates chan Update
                """),
        .replace(
            subscription,
            old: """
                func (s *Subscription) offer(u Update) {
                """,
            new: """
                func (s *Subscription) offer(u Update) {
                    if s.symbol != "" && s.symbol != u.Symbol {
                        return
                    }
                """),
    ]

    static let symbolsTest: [DemoChange] = [
        .append(
            test,
            """
            func TestOnly(t *testing.T) {
                h := NewHub()
                s := h.Subscribe().Only("ACME")
                defer s.Close()
                h.Publish(Update{"INIT", 1})
                h.Publish(Update{"ACME", 2})
                if u := <-s.Updates(); u.Symbol != "ACME" {
                    t.Errorf("got %v", u)
                }
            }
            """)
    ]

    static let last: [DemoChange] = [
        .replace(
            source,
            old: """
                    subscriptions map[*Subscription]bool
                }
                """,
            new: """
                    subscriptions map[*Subscription]bool
                    last          map[string]int64
                }
                """),
        .replace(
            source,
            old: """
                    return &Hub{subscriptions: make(map[*Subscription]bool)}
                """,
            new: """
                    return &Hub{
                        subscriptions: make(map[*Subscription]bool),
                        last:          make(map[string]int64),
                    }
                """),
        .replace(
            source,
            old: """
                    for s := range h.subscriptions {
                """,
            new: """
                    h.last[u.Symbol] = u.Price
                    for s := range h.subscriptions {
                """),
        .append(
            source,
            """
            // Last returns the newest price of a symbol, if there was one.
            func (h *Hub) Last(symbol string) (int64, bool) {
                h.mu.Lock()
                defer h.mu.Unlock()
                price, ok := h.last[symbol]
                return price, ok
            }
            """),
    ]

    static let lastTest: [DemoChange] = [
        .append(
            test,
            """
            func TestLast(t *testing.T) {
                h := NewHub()
                h.Publish(Update{"ACME", 1000})
                if price, ok := h.Last("ACME"); !ok || price != 1000 {
                    t.Errorf("got %d", price)
                }
                if _, ok := h.Last("INIT"); ok {
                    t.Error("INIT never had a price")
                }
            }
            """)
    ]

    static let all: [DemoChange] = [
        .replace(
            source,
            old: """
                    h.mu.Lock()
                    defer h.mu.Unlock()
                    h.last[u.Symbol] = u.Price
                """,
            new: """
                    h.mu.Lock()
                    defer h.mu.Unlock()
                    h.publish(u)
                }

                // PublishAll hands several updates to all subscriptions, with no other update in between.
                func (h *Hub) PublishAll(updates []Update) {
                    h.mu.Lock()
                    defer h.mu.Unlock()
                    for _, u := range updates {
                        h.publish(u)
                    }
                }

                func (h *Hub) publish(u Update) {
                    h.last[u.Symbol] = u.Price
                """)
    ]

    static let noSymbol: [DemoChange] = [
        .replace(
            source,
            old: """
                func (h *Hub) publish(u Update) {
                """,
            new: """
                func (h *Hub) publish(u Update) {
                    if u.Symbol == "" {
                        return
                    }
                """)
    ]

    static let example: [DemoChange] = [
        .write(
            "feed/example_test.go",
            """
            package feed_test

            import (
                "fmt"

                "example.com/demo/feed"
            )

            func ExampleHub() {
                h := feed.NewHub()
                s := h.Subscribe().Only("ACME")
                defer s.Close()
                h.Publish(feed.Update{Symbol: "ACME", Price: 1015})
                fmt.Println((<-s.Updates()).Price)
                // Output: 1015
            }
            """)
    ]
}
