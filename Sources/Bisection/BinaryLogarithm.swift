/// Base-2 logarithms of small integers, tabulated; the standard library alone has none.
struct BinaryLogarithm {
    /// log2(i) for i in 1...limit; 0 for i = 0.
    let log: [Double]
    /// i · log2(i) for i in 0...limit.
    let timesLog: [Double]

    init(limit: Int) {
        log = (0...max(limit, 1)).map { $0 == 0 ? 0 : Self.log2($0) }
        timesLog = log.enumerated().map { Double($0) * $1 }
    }

    /// The exponent, plus the series ln((1 + z) / (1 − z)) = 2 (z + z³/3 + z⁵/5 + …) for the significand.
    private static func log2(_ value: Int) -> Double {
        let number = Double(value)
        let z = (number.significand - 1) / (number.significand + 1)
        var power = z
        var sum = 0.0
        // z is below 1/3, so 20 terms leave less than the last bit.
        for term in 0..<20 where power != 0 {
            sum += power / Double(2 * term + 1)
            power *= z * z
        }
        let ln2 = 0.693_147_180_559_945_309
        return Double(number.exponent) + 2 * sum / ln2
    }

    /// The smallest k with 2^k ≥ value; 0 for values below 2.
    static func ceiling(_ value: Int) -> Int {
        value < 2 ? 0 : Int.bitWidth - (value - 1).leadingZeroBitCount
    }
}
