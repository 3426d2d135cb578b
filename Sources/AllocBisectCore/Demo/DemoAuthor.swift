import Git

/// A person who commits to the demo's repository.
enum DemoAuthor: String, Sendable {
    case ana = "Ana Kovač"
    case jonas = "Jonas Weber"
    case priya = "Priya Nair"
    case tom = "Tom Okafor"

    /// The signature of the history's commit of this number, at a time that depends on the number only.
    func signature(ofCommit number: Int) -> Signature {
        Signature(
            name: rawValue, email: "\(self)@example.com", time: DemoAuthor.time(ofCommit: number),
            offsetMinutes: self == .priya ? 330 : 60)
    }

    /// Three commits a working day, from Monday, 4 March 2024, on.
    private static func time(ofCommit number: Int) -> Int64 {
        let (workday, turn) = number.quotientAndRemainder(dividingBy: 3)
        let day = workday / 5 * 7 + workday % 5
        let minute = [8 * 60 + 12, 10 * 60 + 51, 13 * 60 + 34][turn] + number * 37 % 90
        return 1_709_510_400 + Int64(day * 86_400 + minute * 60 + number * 23 % 60)
    }
}
