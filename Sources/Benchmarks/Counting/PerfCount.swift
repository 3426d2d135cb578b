/// What `perf stat` counted: the instructions of one process and of all that it started.
///
/// Source of the format: https://man7.org/linux/man-pages/man1/perf-stat.1.html, "CSV FORMAT"
public struct PerfCount: Sendable, Equatable {
    /// What stands between two fields. In some languages a comma stands inside of a number.
    public static let separator: Character = ";"

    /// The instructions that the process executed in user mode.
    public let total: Int

    /// Reads what perf wrote at the end of a process; nil unless all was counted: a processor with cores of several kinds
    /// has a line for each, and where the counters are shared with others, some of the time is missing.
    public init?(_ text: String) {
        var (total, percent) = (0, 0.0)
        for line in text.split(whereSeparator: \.isNewline) {
            let fields = line.split(separator: PerfCount.separator, omittingEmptySubsequences: false)
            guard fields.count > 4, fields[2].contains("instructions"), fields[0] != "<not counted>" else { continue }
            guard let count = Int(fields[0]), count > 0, let share = Double(fields[4].replacing(",", with: ".")) else {
                return nil
            }
            let (sum, isTooMuch) = total.addingReportingOverflow(count)
            guard !isTooMuch else { return nil }
            total = sum
            percent += share
        }
        // Two decimals are printed, of one share for each kind of core.
        guard (99.9...100.1).contains(percent) else { return nil }
        self.total = total
    }
}
