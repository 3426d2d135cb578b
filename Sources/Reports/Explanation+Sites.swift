import AllocBisectCore
import Benchmarks

extension Explanation {
    /// The lines to show for a metric. Those that differ by less than a fiftieth of the first one are left out, since a
    /// stray allocation makes as much.
    func sites(for metric: Metric) -> [SiteChange] {
        let sites = metric.isRetained ? retained : self.sites
        func size(_ site: SiteChange) -> Double {
            (metric.isInBytes ? site.bytesPerOp : site.allocsPerOp).difference.magnitude
        }
        let most = sites.map(size).max() ?? 0
        return sites.filter { size($0) >= most / 50 }
    }
}
