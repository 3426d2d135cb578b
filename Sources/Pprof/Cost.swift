/// Heap memory: how many objects, and how many bytes they take together.
public struct Cost: Hashable, Sendable {
    /// The cost of what allocates nothing.
    public static let zero = Cost(objects: 0, bytes: 0)

    /// The number of objects, a fraction where it is an average.
    public var objects: Double
    /// Their size in bytes, as Go's size classes round it up.
    public var bytes: Double

    /// A cost of that many objects and bytes.
    public init(objects: Double, bytes: Double) {
        self.objects = objects
        self.bytes = bytes
    }

    /// Adds what two lines or stacks cost.
    public static func + (left: Cost, right: Cost) -> Cost {
        Cost(objects: left.objects + right.objects, bytes: left.bytes + right.bytes)
    }

    /// What the left side costs more; negative where it costs less.
    public static func - (left: Cost, right: Cost) -> Cost {
        Cost(objects: left.objects - right.objects, bytes: left.bytes - right.bytes)
    }

    /// Adds to a cost.
    public static func += (left: inout Cost, right: Cost) { left = left + right }

    /// Takes from a cost.
    public static func -= (left: inout Cost, right: Cost) { left = left - right }

    /// One of `parts` equal parts.
    public static func / (cost: Cost, parts: Double) -> Cost {
        Cost(objects: cost.objects / parts, bytes: cost.bytes / parts)
    }
}

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
