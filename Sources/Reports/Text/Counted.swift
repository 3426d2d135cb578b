import Benchmarks

/// A number with its noun: `1 commit`, `2 commits`.
func counted(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
}

/// A change in parts of what it was, as people read it: `+66.7 %`.
func percent(_ fraction: Double) -> String {
    (fraction < 0 ? "-" : "+") + (fraction * 100).magnitude.formatted(decimals: 1) + " %"
}
