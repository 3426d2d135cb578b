/// What it means for the check when a series is worse than its threshold allows.
public enum Severity: String, Sendable, Hashable, CaseIterable, Codable {
    /// The check fails.
    case fail
    /// It is reported, and the check passes.
    case warn
}
