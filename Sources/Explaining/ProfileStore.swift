import Benchmarks
import GoToolchain
import Measuring

import struct Foundation.Data
import struct Foundation.Date
import class Foundation.FileManager
import struct Foundation.URL

/// The profiles of explained commits, kept below the common git directory within a limit of size.
struct ProfileStore {
    let state: StateDirectory
    private var folder: String { state.profiles }
    /// In bytes; the oldest profiles go when there are more.
    static let limit = 256 << 20

    /// Keeps a benchmark's profiles at a commit.
    ///
    /// - Returns: Where each is.
    func keep(
        _ profiles: [ProbeProfiles.Kind: [UInt8]], of benchmark: Benchmark, at commit: String
    ) throws -> [ProbeProfiles.Kind: String] {
        var paths: [ProbeProfiles.Kind: String] = [:]
        for (kind, bytes) in profiles {
            let path = try path(of: benchmark, at: commit, kind.rawValue)
            try WholeFile(path, by: state).write(bytes)
            paths[kind] = path
        }
        return paths
    }

    /// Where a benchmark's profile at a commit belongs; the folder is made. Names that look alike in a file's name are
    /// told apart by a fingerprint.
    func path(of benchmark: Benchmark, at commit: String, _ suffix: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let name = benchmark.description.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        let mark = benchmark.description.fingerprint.prefix(8)
        return "\(folder)/\(commit.prefix(12))-\(String(name).prefix(80))-\(mark).\(suffix)"
    }

    /// Removes the oldest profiles until the rest is within the limit.
    func prune() throws {
        let files = FileManager.default
        var entries: [(path: String, size: Int, date: Date)] = []
        for name in try files.contentsOfDirectory(atPath: folder) {
            let path = "\(folder)/\(name)"
            // Another program may have removed it in the meantime.
            guard let attributes = try? files.attributesOfItem(atPath: path) else { continue }
            let size = attributes[.size] as? Int ?? 0
            entries.append((path, size, attributes[.modificationDate] as? Date ?? .distantPast))
        }
        var total = 0
        for entry in entries.sorted(by: { $0.date > $1.date }) {
            total += entry.size
            if total > ProfileStore.limit { try? files.removeItem(atPath: entry.path) }
        }
    }

    /// The command that opens the difference of two kept profiles.
    ///
    /// - Parameter metric: What is looked at; nil for a profile with one sort of values.
    func command(_ before: String, _ after: String, _ metric: Metric? = nil) -> String {
        let index =
            switch metric {
            case nil, .goroutines: ""
            case .retainedObjects: " -sample_index=inuse_objects"
            case .retainedBytes: " -sample_index=inuse_space"
            case .bytes: " -sample_index=alloc_space"
            default: " -sample_index=alloc_objects"
            }
        return "go tool pprof\(index) -diff_base \(before.shellQuoted) \(after.shellQuoted)"
    }
}
