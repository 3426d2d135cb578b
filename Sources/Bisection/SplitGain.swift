/// What measuring a commit is worth to one state, by the commit's mass.
struct SplitGain {
    private let split: Split
    private let logarithm: BinaryLogarithm

    init(split: Split, logarithm: BinaryLogarithm) {
        (self.split, self.logarithm) = (split, logarithm)
    }

    /// Adds the gain in bits of each open candidate, 0 where nothing would be split, times a factor.
    ///
    /// `cuts` divide the candidates into cells. Within a cell of weight L, a commit that leaves a of it on one side is
    /// worth the binary entropy of a/L, times L/total. When more commits will be chosen after it, they are taken to
    /// divide both sides evenly: that is what makes two slots ask at 1/3 and 2/3, not at 1/2 and 1/4.
    /// What those others would give without it is subtracted.
    ///
    /// - Parameters:
    ///   - cuts: the masses of the commits being measured or chosen already.
    ///   - slots: how many commits will be chosen, this one included; at least 1.
    ///   - factor: how often the gain counts.
    ///   - sums: what is added to, by index in the graph.
    func addGains(cuts: [Int], slots: Int, times factor: Double, to sums: inout [Double]) {
        let cells = cells(between: cuts)
        let shares = shares(of: cells, slots: slots)
        for (position, mass) in split.masses.enumerated() {
            guard let cell = cells.firstIndex(where: { $0.lowerBound < mass && mass < $0.upperBound }) else { continue }
            let gain = gain(below: mass - cells[cell].lowerBound, size: cells[cell].count, slots: shares[cell])
            let prospect = split.prospects?[position] ?? 1
            sums[Int(split.commits[position])] += factor * prospect * gain / Double(split.total)
        }
    }

    /// What all the cuts together tell, in bits: the entropy of the cell that the culprit is in.
    func information(cuts: [Int]) -> Double {
        let left = cells(between: cuts).reduce(0.0) { $0 + logarithm.timesLog($1.count) }
        return (logarithm.timesLog(split.total) - left) / Double(split.total)
    }

    private func cells(between cuts: [Int]) -> [Range<Int>] {
        let inner = Set(cuts.filter { $0 > 0 && $0 < split.total })
        let bounds = [0] + inner.sorted() + [split.total]
        return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
    }

    /// How many of the slots each cell deserves: the next slot goes where it divides most, and one where none does.
    private func shares(of cells: [Range<Int>], slots: Int) -> [Int] {
        var shares = [Int](repeating: 0, count: cells.count)
        for _ in 0..<slots {
            var best: (cell: Int, gain: Double)?
            for (position, cell) in cells.enumerated() where shares[position] + 2 <= cell.count {
                let pieces = shares[position] + 1
                let gain = Double(cell.count) * (logarithm.log(pieces + 1) - logarithm.log(pieces))
                if gain > best?.gain ?? 0 { best = (position, gain) }
            }
            guard let best else { break }
            shares[best.cell] += 1
        }
        return shares.map { max($0, 1) }
    }

    /// The gain of a commit inside a cell, in bits times weight.
    private func gain(below: Int, size: Int, slots: Int) -> Double {
        let above = size - below
        let entropy = logarithm.timesLog(size) - (logarithm.timesLog(below) + logarithm.timesLog(above))
        if slots == 1 { return entropy }
        var others = 0.0
        for left in 1...min(slots, below) where slots + 1 - left <= above {
            let right = slots + 1 - left
            others = max(others, Double(below) * logarithm.log(left) + Double(above) * logarithm.log(right))
        }
        // Rounding must not make a commit that splits a cell look useless.
        return max(entropy + others - Double(size) * logarithm.log(slots), 1e-6)
    }
}
