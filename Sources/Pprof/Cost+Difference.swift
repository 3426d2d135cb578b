extension Cost {
    /// What this costs more than `other`, without what rounding alone leaves: less than a billionth of one object or
    /// byte, or of the cost itself where it is larger than one.
    func difference(from other: Cost) -> Cost {
        Cost(
            objects: Cost.difference(objects, other.objects),
            bytes: Cost.difference(bytes, other.bytes))
    }

    /// Objects and then bytes, however the cost is signed: what decides which of two differences is the larger.
    var size: (objects: Double, bytes: Double) { (abs(objects), abs(bytes)) }

    private static func difference(_ left: Double, _ right: Double) -> Double {
        abs(left - right) < 1e-9 * max(1, abs(left), abs(right)) ? 0 : left - right
    }
}
