/// A site whose cost differs between two commits.
///
/// Where several functions share one line and callee, as an inlined function literal makes them, they are one site with
/// the name of the most expensive.
public struct SiteDifference: Hashable, Sendable {
    /// Where the site is now, or where it was when it is gone.
    public let site: Site
    /// The cost per iteration before; zero when the site is new.
    public let before: Cost
    /// The cost per iteration after; zero when the site is gone.
    public let after: Cost
    /// Whether nothing on the new side corresponds to it.
    public let isGone: Bool

    /// A difference from its parts.
    public init(site: Site, before: Cost, after: Cost, isGone: Bool) {
        self.site = site
        self.before = before
        self.after = after
        self.isGone = isGone
    }

    /// The difference between two sides, at least one of which must exist.
    init?(before: SourceCall?, after: SourceCall?) {
        guard let named = after ?? before else { return nil }
        self.init(
            site: named.site, before: before?.cost ?? .zero, after: after?.cost ?? .zero, isGone: after == nil)
    }

    /// What the new side costs more; zero where only rounding differs.
    public var difference: Cost { after.difference(from: before) }

    /// Whether this comes first in a list: the larger difference, then the earlier position.
    func precedes(_ other: SiteDifference) -> Bool {
        let (size, otherSize) = (difference.size, other.difference.size)
        if size != otherSize { return size > otherSize }
        return site == other.site ? isGone && !other.isGone : site < other.site
    }
}
