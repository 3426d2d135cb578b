import Benchmarks
import Testing

@Suite("Steps of a series by its threshold")
struct StepTests {
    private func steps(_ threshold: String, _ values: [Double?], _ metric: Metric = .allocations) throws -> [Int] {
        try StepFinder().find(in: values, metric: metric, pair: .standard, threshold: Threshold(threshold))
            .map(\.index)
    }

    @Test func bothDirectionsCount() throws {
        #expect(try steps("+5%", [1, 1, 3, 3, 1, 1.01]) == [2, 4])
        #expect(try steps("-5%", [1, 1, 3, 3, 1, 1.01]) == [2, 4])
        #expect(try steps("x3", [1, 2, 6, 2, 0]) == [2, 3, 4])
    }

    @Test func aGapIsBridged() throws {
        #expect(try steps("+1", [nil, 4, nil, nil, 5, nil, 5]) == [4])
        #expect(try steps("+1", []) == [])
        #expect(try steps("+1", [nil, 7, nil]) == [])
    }

    @Test func anAbsoluteBoundIsAStepWhereItIsPassed() throws {
        #expect(try steps(">100", [1, 50, 101, 200, 100, 90]) == [2, 4])
        #expect(try steps("<100", [1, 50, 101, 200, 99]) == [2, 4])
    }

    @Test func theFloorKeepsStrayAllocationsFromBeingSteps() throws {
        #expect(try steps("+5%", [0.001, 0.002, 0.5, 0.9]) == [])
        #expect(try steps("+5%", [0, 1]) == [1])
        #expect(try steps(">+0.1", [0, 0.05, 1, 0.02], .goroutines) == [2, 3])
    }

    @Test func aDriftIsNoStep() throws {
        #expect(try steps("+1", [4, 4.4, 4.8, 5.2, 5.3]) == [])
    }

    @Test func noisyValuesNeedMoreThanTwoToBeAStep() throws {
        let noise: [Double] = [100, 103, 98, 101, 99, 102, 97, 100]
        let values: [Double?] = noise + noise.map { $0 * 1.5 }
        #expect(try steps("+5%", values, .time) == [8])
        #expect(try steps("+5%", [100, 200], .time) == [])
    }
}
