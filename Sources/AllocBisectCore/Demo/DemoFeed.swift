/// The price feed of the demo's module as it was in v1.0.0.
enum DemoFeed {
    static let source = "feed/feed.go"
    static let subscription = "feed/subscription.go"
    static let test = "feed/feed_test.go"
    static let benchmark = "feed/bench_test.go"

    static let hub: [DemoChange] = [
        .write(
            source,
            """
            // Package feed hands price updates to those who subscribed.
            package feed

            import "sync"

            // Update is a new price, in cents.
            type Update struct {
                Symbol string
                Price  int64
            }

            // Hub hands every update to all subscriptions.
            type Hub struct {
                mu            sync.Mutex
                subscriptions map[*Subscription]bool
            }

            // NewHub returns a hub without subscriptions.
            func NewHub() *Hub {
                return &Hub{subscriptions: make(map[*Subscription]bool)}
            }

            // Publish hands an update to all subscriptions. Those that are full miss it.
            func (h *Hub) Publish(u Update) {
                h.mu.Lock()
                defer h.mu.Unlock()
                for s := range h.subscriptions {
                    s.offer(u)
                }
            }
            """),
        .write(
            subscription,
            """
            package feed

            // Subscription receives updates until it is closed.
            type Subscription struct {
                hub     *Hub
                updates chan Update
            }

            // Subscribe starts a subscription.
            func (h *Hub) Subscribe() *Subscription {
                s := &Subscription{hub: h, updates: make(chan Update, 16)}
                h.mu.Lock()
                defer h.mu.Unlock()
                h.subscriptions[s] = true
                return s
            }

            // Updates returns where the updates arrive.
            func (s *Subscription) Updates() <-chan Update { return s.updates }

            // Close ends the subscription.
            func (s *Subscription) Close() {
                s.hub.mu.Lock()
                defer s.hub.mu.Unlock()
                delete(s.hub.subscriptions, s)
            }

            func (s *Subscription) offer(u Update) {
                select {
                case s.updates <- u:
                default:
                }
            }
            """),
        .write(
            test,
            """
            package feed

            import "testing"

            func TestPublish(t *testing.T) {
                h := NewHub()
                s := h.Subscribe()
                defer s.Close()
                h.Publish(Update{"ACME", 1000})
                if u := <-s.Updates(); u.Price != 1000 {
                    t.Errorf("got %v", u)
                }
            }
            """),
    ]

    static let benchmarks: [DemoChange] = [
        .write(
            benchmark,
            """
            package feed

            import "testing"

            func BenchmarkPublish(b *testing.B) {
                h := NewHub()
                s := h.Subscribe()
                defer s.Close()
                b.ReportAllocs()
                b.ResetTimer()
                for i := 0; i < b.N; i++ {
                    h.Publish(Update{"ACME", int64(i)})
                    <-s.Updates()
                }
            }

            func BenchmarkSubscribe(b *testing.B) {
                h := NewHub()
                b.ReportAllocs()
                for i := 0; i < b.N; i++ {
                    s := h.Subscribe()
                    h.Publish(Update{"ACME", int64(i)})
                    <-s.Updates()
                    s.Close()
                }
            }
            """)
    ]
}
