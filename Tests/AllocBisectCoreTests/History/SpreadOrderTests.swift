import Testing

@testable import AllocBisectCore

@Suite("The order that covers a range evenly")
struct SpreadOrderTests {
    @Test("begins with the ends, and halves what lies between them")
    func small() {
        #expect(spreadOrder(0) == [])
        #expect(spreadOrder(1) == [0])
        #expect(spreadOrder(2) == [1, 0])
        #expect(spreadOrder(9) == [8, 0, 4, 2, 6, 1, 3, 5, 7])
    }

    @Test("holds every position once, and never leaves one gap much wider than another", arguments: [3, 10, 64, 1000])
    func even(count: Int) {
        let order = spreadOrder(count)
        #expect(order.sorted() == Array(0..<count))
        for known in stride(from: 2, through: count, by: 7) {
            let positions = order.prefix(known).sorted()
            let gaps = zip(positions, positions.dropFirst()).map { $1 - $0 }
            #expect(gaps.max()! <= 2 * gaps.min()! + 2, "\(known) of \(count)")
        }
    }
}
