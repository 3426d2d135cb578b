extension Double {
    /// The number as it is shown to people: at most three decimals, none that are zero.
    public var formatted: String {
        let scaled = (magnitude * 1000).rounded()
        guard scaled < 1e15 else { return "\(self)" }
        let (whole, thousandths) = (Int(scaled) / 1000, Int(scaled) % 1000)
        var text = "\(self < 0 && scaled > 0 ? "-" : "")\(whole)"
        if thousandths > 0 {
            var decimals = String(thousandths + 1000).dropFirst()
            while decimals.hasSuffix("0") { decimals = decimals.dropLast() }
            text += "." + decimals
        }
        return text
    }
}
