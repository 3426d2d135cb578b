extension MovingBaseline {
    /// Reads what stands in front of the count, without blanks.
    static func distance(_ text: Substring) -> (Distance, isDownward: Bool)? {
        if text.hasPrefix("x") {
            guard let factor = Double(plain: text.dropFirst()), factor > 0, factor != 1 else { return nil }
            return (.fraction((factor - 1).magnitude), factor < 1)
        }
        let isSigned = text.hasPrefix("+") || text.hasPrefix("-")
        let unsigned = isSigned ? text.dropFirst() : text
        // A percentage without a sign could be meant as a level.
        guard let unit = (isSigned ? ["sigma", "%"] : ["sigma"]).first(where: unsigned.hasSuffix),
            let amount = Double(plain: unsigned.dropLast(unit.count)), amount > 0
        else { return nil }
        return (unit == "%" ? .fraction(amount / 100) : .sigmas(amount), text.hasPrefix("-"))
    }

    /// Reads what follows "of the".
    static func count(_ text: Substring) -> Int? {
        if text == "previouswindow" { return standardCount }
        let digits = text.dropFirst(4)
        // A sign is no digit, though Int reads it.
        guard text.hasPrefix("last"), digits.first?.isNumber == true, let count = Int(digits), count > 0 else {
            return nil
        }
        return count
    }

    /// Reads what follows "at least": an amount, a percentage, or both.
    static func floors(_ text: Substring) -> (absolute: Double?, relative: Double?)? {
        var floors: (absolute: Double?, relative: Double?) = (nil, nil)
        for floor in text.split(separator: "and", omittingEmptySubsequences: false) {
            let isPercent = floor.last == "%"
            let amount = isPercent ? floor.dropFirst().dropLast() : floor.dropFirst()
            guard floor.first == "+", let value = Double(plain: amount),
                (isPercent ? floors.relative : floors.absolute) == nil
            else { return nil }
            if isPercent { floors.relative = value / 100 } else { floors.absolute = value }
        }
        return floors
    }
}

extension MovingBaseline.Distance {
    /// The relative floor where none is given: a quiet series deviates by next to nothing.
    var relativeFloor: Double {
        switch self {
        case .sigmas: 0.05
        case .fraction: 0
        }
    }

    /// The fewest values of a window: one value has no deviation.
    var least: Int {
        switch self {
        case .sigmas: 2
        case .fraction: 1
        }
    }
}
