/// The positions from 0 to below `count` in the order that covers them evenly at every moment: the last one, the first
/// one, the middle, the quarters, and so on.
func spreadOrder(_ count: Int) -> [Int] {
    guard count > 1 else { return Array(0..<count) }
    var order = [count - 1, 0]
    var gaps = [0..<count - 1]
    while !gaps.isEmpty {
        gaps = gaps.flatMap { gap -> [Range<Int>] in
            guard gap.count > 1 else { return [] }
            let middle = gap.lowerBound + gap.count / 2
            order.append(middle)
            return [gap.lowerBound..<middle, middle..<gap.upperBound]
        }
    }
    return order
}
