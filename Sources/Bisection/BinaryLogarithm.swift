/// Base-2 logarithms of whole numbers, the small ones tabulated.
struct BinaryLogarithm {
    private let table: [Double]
    /// Tables beyond this would take longer to make than they save.
    private static let mostEntries = 1 << 18

    /// - Parameter limit: the largest number that is asked for often.
    init(limit: Int) {
        table = (0...min(max(limit, 1), Self.mostEntries)).map(Self.log2)
    }

    /// log2(n); 0 for n = 0.
    func log(_ number: Int) -> Double { number < table.count ? table[number] : Self.log2(number) }

    /// n · log2(n); 0 for n = 0.
    func timesLog(_ number: Int) -> Double { Double(number) * log(number) }

    /// Whether numbers up to a limit are as fast as they can be.
    func covers(_ limit: Int) -> Bool { table.count > min(limit, Self.mostEntries) }

    /// Exact for powers of two.
    private static func log2(_ number: Int) -> Double {
        if number < 2 { return 0 }
        if number & (number - 1) == 0 { return Double(number.trailingZeroBitCount) }
        return Double.log(Double(number)) / 0.693_147_180_559_945_309
    }

    /// The smallest k with 2^k ≥ value; 0 for values below 2.
    static func ceiling(_ value: Int) -> Int {
        value < 2 ? 0 : Int.bitWidth - (value - 1).leadingZeroBitCount
    }
}
