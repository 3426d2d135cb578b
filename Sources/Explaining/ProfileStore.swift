import Benchmarks
import Git
import Measuring
import Pprof

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

    /// Keeps a profile of a benchmark at a commit, in which the repository's files are named from its root.
    ///
    /// What is named after a slot would show whatever that holds later. So the files themselves are kept as well.
    ///
    /// - Parameter source: The text of a file of the commit by its path; nil for one that it has not.
    func keep(
        _ profile: [UInt8], _ suffix: String, of benchmark: Benchmark, at commit: ObjectID, _ paths: SourcePaths,
        source: (String) -> String?
    ) throws -> String {
        let path = try path(of: benchmark, at: commit, suffix)
        var files = try ProfileFiles(profile, from: "the profile of \(benchmark) at \(commit.short)")
        let own = Set(files.names.compactMap(paths.checkedOut))
        files.rename(paths.checkedOut)
        try WholeFile(path, by: state).write(files.bytes)
        for file in own {
            // A comment can name any file for its code.
            let isBelow = file.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
                !["", ".", ".."].contains($0)
            }
            guard isBelow, let text = source(file) else { continue }
            let copy = URL(filePath: "\(sources(of: commit))/\(file)")
            // Another profile of the commit mostly brought it here.
            if FileManager.default.contents(atPath: copy.path) == Data(text.utf8) { continue }
            try FileManager.default.createDirectory(
                at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
            try WholeFile(copy.path, by: state).write(text.utf8)
        }
        return path
    }

    /// The folder for the files of a commit.
    private func sources(of commit: ObjectID) -> String { "\(folder)/sources/\(commit.description.prefix(12))" }

    /// Where a benchmark's profile at a commit belongs; the folder is made. Names that look alike in a file's name are
    /// told apart by a fingerprint.
    private func path(of benchmark: Benchmark, at commit: ObjectID, _ suffix: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let name = benchmark.description.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        let mark = benchmark.description.fingerprint.prefix(8)
        return "\(folder)/\(commit.description.prefix(12))-\(String(name).prefix(80))-\(mark).\(suffix)"
    }

    /// Removes the oldest profiles until the rest is within the limit, and the files of commits that have none any more.
    func prune() throws {
        let files = FileManager.default
        var entries: [(path: String, size: Int, date: Date)] = []
        var commits: Set<Substring> = []
        for name in try files.contentsOfDirectory(atPath: folder) where name != "sources" {
            let path = "\(folder)/\(name)"
            // Another program may have removed it in the meantime.
            guard let attributes = try? files.attributesOfItem(atPath: path) else { continue }
            let size = attributes[.size] as? Int ?? 0
            entries.append((path, size, attributes[.modificationDate] as? Date ?? .distantPast))
        }
        var total = 0
        for entry in entries.sorted(by: { $0.date > $1.date }) {
            total += entry.size
            if total > ProfileStore.limit {
                try? files.removeItem(atPath: entry.path)
            } else {
                commits.insert(entry.path.dropFirst(folder.count + 1).prefix(12))
            }
        }
        for commit in (try? files.contentsOfDirectory(atPath: folder + "/sources")) ?? []
        where !commits.contains(commit.prefix(12)) {
            try? files.removeItem(atPath: "\(folder)/sources/\(commit)")
        }
    }

    /// Two kept profiles, with the command that opens their difference and finds the files of both commits.
    ///
    /// - Parameter metric: What is looked at; nil for a profile with one sort of values.
    func pair(
        _ paths: [String], of commits: [ObjectID], _ metric: Metric? = nil
    ) -> Explanation.Profiles {
        let index =
            switch metric {
            case nil, .goroutines: ""
            case .retainedObjects: " -sample_index=inuse_objects"
            case .retainedBytes: " -sample_index=inuse_space"
            case .bytes: " -sample_index=alloc_space"
            default: " -sample_index=alloc_objects"
            }
        // The later commit's files come first: its lines are the ones that are asked about.
        let sources = commits.reversed().map(sources).joined(separator: ":")
        let words = ["-source_path=\(sources)", "-diff_base", paths[0], paths[1]].map(\.shellQuoted)
        return .init(
            before: paths[0], after: paths[1], command: "go tool pprof\(index) " + words.joined(separator: " "))
    }
}
