import Benchmarks

/// The fault in the price feed: each subscription starts a goroutine, which waits for ever once the subscription is closed.
extension DemoFeed {
    static let fault = DemoFault(
        metric: .goroutines, package: "feed", benchmark: "BenchmarkSubscribe",
        cause: "a goroutine blocked for ever on a channel that nobody closes")

    static let newSubscription: [DemoChange] = [
        .replace(
            subscription,
            old: """
                    s := &Subscription{hub: h, updates: make(chan Update, buffer)}
                    h.mu.Lock()
                """,
            new: """
                    s := newSubscription(h)
                    h.mu.Lock()
                """),
        .append(
            subscription,
            """
            func newSubscription(h *Hub) *Subscription {
                return &Subscription{hub: h, updates: make(chan Update, buffer)}
            }
            """),
    ]

    static let conflation: [DemoChange] = [
        .replace(
            subscription,
            old: """
                    symbol  string
                    updates chan Update
                """,
            new: """
                    symbol  string
                    pending chan Update
                    updates chan Update
                """),
        .replace(subscription, old: "case s.updates <- u:", new: "case s.pending <- u:"),
        .replace(
            subscription,
            old: """
                    return &Subscription{hub: h, updates: make(chan Update, buffer)}
                }
                """,
            new: """
                    s := &Subscription{
                        hub:     h,
                        pending: make(chan Update, buffer),
                        updates: make(chan Update, 1),
                    }
                    go s.conflate()
                    return s
                }

                // conflate replaces an update that was not taken yet by the newer one.
                func (s *Subscription) conflate() {
                    for u := range s.pending {
                        select {
                        case <-s.updates:
                        default:
                        }
                        s.updates <- u
                    }
                }
                """),
    ]

    static let conflationTest: [DemoChange] = [
        .write(
            "feed/conflate_test.go",
            """
            package feed

            import "testing"

            func TestSlowSubscriberGetsTheNewestPrice(t *testing.T) {
                h := NewHub()
                s := h.Subscribe()
                defer s.Close()
                for price := int64(1); price <= 5; price++ {
                    h.Publish(Update{"ACME", price})
                }
                for u := range s.Updates() {
                    if u.Price == 5 {
                        break
                    }
                }
            }
            """)
    ]
}
