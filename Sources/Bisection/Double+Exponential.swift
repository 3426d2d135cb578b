/// The natural logarithm and its inverse; the standard library alone has neither.
extension Double {
    /// The natural logarithm of a positive finite number, to about one unit in the last place.
    ///
    /// The exponent, plus the series ln((1 + z) / (1 − z)) = 2 (z + z³/3 + z⁵/5 + …) for the significand.
    static func log(_ value: Double) -> Double {
        var exponent = Double(value.exponent)
        var significand = value.significand
        // Around 1, so that z is at most 0.172 and ten terms leave less than the last bit.
        if significand > 1.414_213_562_373_095 {
            significand /= 2
            exponent += 1
        }
        let z = (significand - 1) / (significand + 1)
        let square = z * z
        var sum = 0.0
        var divisor = 21.0
        while divisor > 1 {
            sum = square * (1 / divisor + sum)
            divisor -= 2
        }
        return exponent * ln2High + (exponent * ln2Low + (2 * z * sum + 2 * z))
    }

    /// e to a power, to about one unit in the last place; 0 below -708.
    ///
    /// 2 to the nearest whole number, times the series 1 + x + x²/2 + … for the rest.
    static func exp(_ power: Double) -> Double {
        guard power > -708 else { return 0 }
        guard power < 709 else { return .infinity }
        let whole = (power / (ln2High + ln2Low)).rounded()
        let rest = (power - whole * ln2High) - whole * ln2Low
        var sum = 1.0
        var term = 13.0
        while term > 0 {
            sum = 1 + rest / term * sum
            term -= 1
        }
        return sum * Double(sign: .plus, exponent: Int(whole), significand: 1)
    }

    /// ln 2 in two parts, the first with so few bits that its product with an exponent is exact.
    private static var ln2High: Double { 0x1.62e42feep-1 }
    private static var ln2Low: Double { 0x1.a39ef35793c76p-33 }
}
