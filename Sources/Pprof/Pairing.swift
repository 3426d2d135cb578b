/// Finds partners between the two sides of a comparison, from the surest sign of being the same to the weakest.
struct Pairing<Element> {
    typealias Side = AttributionDifference.Side

    private var pairs: [(before: Element?, after: Element?)] = []
    // What has no partner yet, in the order it was given.
    private var before: [Element]
    private var after: [Element]

    init(before: [Element], after: [Element]) {
        self.before = before
        self.after = after
    }

    /// All pairs, and then what has no partner.
    var all: [(before: Element?, after: Element?)] {
        pairs + before.map { ($0, nil) } + after.map { (nil, $0) }
    }

    /// Pairs what has equal keys: the first of a key with the first, the second with the second.
    ///
    /// - Parameters:
    ///   - alone: Whether to pair only where both sides have exactly one of a key.
    ///   - key: The key on each side; nil for what is not to be paired.
    mutating func pair<Key: Hashable>(alone: Bool = false, _ key: (Side, Element) -> Key?) {
        let old = Pairing.indices(of: before) { key(.before, $0) }
        let new = Pairing.indices(of: after) { key(.after, $0) }
        var (isOld, isNew) = (before.map { _ in true }, after.map { _ in true })
        for (key, indices) in old {
            guard let partners = new[key], !alone || indices.count == 1 && partners.count == 1 else { continue }
            for (index, partner) in zip(indices, partners) {
                pairs.append((before[index], after[partner]))
                (isOld[index], isNew[partner]) = (false, false)
            }
        }
        before = zip(before, isOld).filter(\.1).map(\.0)
        after = zip(after, isNew).filter(\.1).map(\.0)
    }

    /// Changes everything that has no partner yet.
    mutating func updateAlone(_ update: (Side, inout Element) -> Void) {
        for index in before.indices { update(.before, &before[index]) }
        for index in after.indices { update(.after, &after[index]) }
    }

    private static func indices<Key: Hashable>(of elements: [Element], _ key: (Element) -> Key?) -> [Key: [Int]] {
        var indices: [Key: [Int]] = [:]
        for (index, element) in elements.enumerated() {
            if let key = key(element) { indices[key, default: []].append(index) }
        }
        return indices
    }
}
