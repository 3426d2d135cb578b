extension [Int32] {
    /// The position of a commit's index in an ascending array, or nil when it isn't there; O(log count).
    func position(of index: Int) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < index { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == index ? low : nil
    }
}
