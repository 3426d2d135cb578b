extension Collection<Double> {
    /// The mean; not a number for none.
    ///
    /// Taken from the first value on, so that equal values have exactly their own mean.
    var mean: Double {
        guard let first else { return .nan }
        return first + reduce(0) { $0 + ($1 - first) } / Double(count)
    }

    /// The sum of the squared deviations from the mean.
    var squaredDeviations: Double {
        let mean = mean
        return reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }

    /// How values that follow each other are correlated around their mean, as the sum of the products of deviations.
    var serialProducts: Double {
        let mean = mean
        return zip(self, dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    }
}
