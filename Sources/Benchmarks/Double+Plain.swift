extension Double {
    /// Reads a finite number without a sign: neither the hexadecimal numbers nor the words that Double reads as well.
    init?(plain text: some StringProtocol) {
        guard let first = text.first, first.isNumber || first == ".", !text.contains("x"), let value = Double(text),
            value.isFinite
        else { return nil }
        self = value
    }
}
