import TestSupport
import Testing

@testable import Reports

@Suite("The geometry of charts")
struct ChartTests {
    private let axis = ChartAxis([0, 4])

    @Test("An axis has round ticks")
    func ticks() {
        #expect(axis.labels == ["0", "1", "2", "3", "4"])
        #expect(ChartAxis([1, 252.01]).labels == ["0", "100", "200", "300"])
        #expect(ChartAxis([7, 7]).labels == ["0", "2", "4", "6", "8"])
        #expect(ChartAxis([0, 0.1]).labels == ["0", "0.05", "0.1"])
        #expect(ChartAxis([250_000, 264_000]).labels == ["250k", "255k", "260k", "265k"])
        #expect(ChartAxis([-4, 1_234_567_890_123]).labels == ["0", "0.5T", "1T", "1.5T"])
        #expect(ChartAxis([-3, -1]).labels == ["-3", "-2", "-1", "0"])
        #expect(ChartAxis([]).labels.first == "0")
    }

    @Test("An axis encloses its values, but for a little jitter, with few ticks of which no two look alike")
    func enclosure() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<2_000 {
            let scale = Double.random(in: 1e-6...1e12, using: &generator)
            let values = (0..<3).map { _ in Double.random(in: -0.3...1, using: &generator) * scale }
            let axis = ChartAxis(values)
            #expect((2...8).contains(axis.ticks.count) && Set(axis.labels).count == axis.labels.count, "\(values)")
            #expect(values.allSatisfy { (5...ChartAxis.height - 5).contains(axis.y($0)) }, "\(values)")
        }
    }

    @Test("Values that nobody can draw are left out")
    func extremes() {
        let values: [Double] = [1, .infinity, -.infinity, .nan, .greatestFiniteMagnitude, 2]
        #expect(ChartAxis(values) == ChartAxis([1, 2]))
        #expect(ChartLine(values, axis: ChartAxis(values), isStepped: true).path == "M0 130H1M5 10H6")
    }

    @Test("An exact value stands until the next one, and only changes are drawn")
    func steps() {
        #expect(line([0, 0, 4, 4, 2], isStepped: true) == "M0 130H2V10H4V70H5")
        #expect(line([], isStepped: true).isEmpty)
    }

    @Test("Values that vary are joined from middle to middle")
    func joined() {
        #expect(line([0, 4, 2], isStepped: false) == "M0.5 130L1.5 10L2.5 70h0")
    }

    @Test("Where there is no value there is no line, and a value between gaps is seen")
    func gaps() {
        #expect(line([nil, 0, nil, nil, 4, nil], isStepped: true) == "M1 130H2M4 10H5")
        #expect(line([nil, 0, nil, 4, 4], isStepped: false) == "M1.5 130h0M3.5 10L4.5 10h0")
    }

    @Test("Of more commits than columns none is lost that is the least or the greatest of its column")
    func columns() {
        let values: [Double?] = [0, 4, 1, 2, nil, nil, 3, nil]
        let line = ChartLine(values, axis: axis, isStepped: true, mostColumns: 4)
        #expect(line.columns == 4)
        #expect(line.path == "M0 130V10H1V100V70H2M3 40H4")
        #expect(values.indices.map(line.x) == [0, 0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75])
    }

    @Test("A line takes room for its columns and changes, and not for its commits", arguments: [true, false])
    func size(isStepped: Bool) {
        var generator = SeededGenerator(seed: 2)
        let noise = (0..<10_000).map { _ in Double.random(in: 0...4, using: &generator) as Double? }
        let line = ChartLine(noise, axis: axis, isStepped: isStepped)
        #expect(line.columns == ChartLine.mostColumns)
        #expect(line.path.count { $0.isLetter } <= 5 * line.columns + 1)
        #expect(ChartLine(Array(repeating: 3, count: 10_000), axis: axis, isStepped: true).path == "M0 40H600")
    }

    private func line(_ values: [Double?], isStepped: Bool) -> String {
        ChartLine(values, axis: axis, isStepped: isStepped).path
    }
}
