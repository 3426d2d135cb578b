import Foundation
import Policy

extension Day {
    /// The present day in UTC.
    static var today: Day {
        guard let today = Day(Date.now.formatted(Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day())) else {
            preconditionFailure("ISO 8601 writes a day as year, month and day")
        }
        return today
    }
}
