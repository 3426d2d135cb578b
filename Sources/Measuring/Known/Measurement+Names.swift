package import Benchmarks

extension Measurement {
    /// The names of the benchmarks that gave a value, as far as another measurement of the target can have them too.
    ///
    /// Where names vary from run to run, one that the other does not have is neither new nor removed.
    package func names(comparableTo other: Measurement) -> Set<String> {
        let others = other.names
        let areVarying = [self, other].contains { $0.failure?.reason == .varyingNames }
        return names.filter { name in
            if others.contains(name) { return true }
            return !areVarying && !others.contains { SteadyNames.matches($0, name) || SteadyNames.matches(name, $0) }
        }
    }
}
