extension String {
    /// The candidate that this is most likely a misspelling of; nil when none is close: as many as a third of the
    /// letters may have been added, dropped, changed or swapped with the next one, and always one.
    ///
    /// Of two that are as close, the first one.
    public func nearest(among candidates: some Sequence<String>) -> String? {
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(to: candidate)
            guard distance <= max(1, max(count, candidate.count) / 3), distance < best?.distance ?? .max else {
                continue
            }
            best = (candidate, distance)
        }
        return best?.candidate
    }

    /// How many letters have to be added, dropped, changed or swapped with their neighbour (optimal string alignment).
    private func distance(to other: String) -> Int {
        let (own, other) = (Array(self), Array(other))
        var rows = [Array(0...other.count)]
        for row in 0..<own.count {
            var next = [row + 1]
            for column in 0..<other.count {
                var minimum = min(rows[row][column + 1], next[column]) + 1
                minimum = min(minimum, rows[row][column] + (own[row] == other[column] ? 0 : 1))
                if row > 0, column > 0, own[row] == other[column - 1], own[row - 1] == other[column] {
                    minimum = min(minimum, rows[row - 1][column - 1] + 1)
                }
                next.append(minimum)
            }
            rows.append(next)
        }
        return rows[own.count][other.count]
    }
}
