import Foundation
import Git

extension Signature {
    /// The moment in the author's own time zone, as ISO 8601 writes it: `2026-03-02T15:04:05+01:00`.
    var isoDate: String {
        let zone = TimeZone(secondsFromGMT: offsetMinutes * 60) ?? .gmt
        let style = Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: zone)
        return Date(timeIntervalSince1970: TimeInterval(time)).formatted(style)
    }

    /// The day in the author's own time zone: `2026-03-02`.
    var day: String { String(isoDate.prefix(10)) }
}
