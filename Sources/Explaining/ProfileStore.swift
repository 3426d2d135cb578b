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
    /// distinguished by a fingerprint.
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
        _ paths: [String], _ metric: Metric? = nil
    ) -> Explanation.Profiles {
        let index: [String] =
            switch metric {
            case nil, .goroutines: []
            case .retainedObjects: ["-sample_index=inuse_objects"]
            case .retainedBytes: ["-sample_index=inuse_space"]
            case .bytes: ["-sample_index=alloc_space"]
            default: ["-sample_index=alloc_objects"]
            }
        var profiles = Explanation.Profiles(before: paths[0], after: paths[1], command: "")
        profiles.command = profiles.command(["go"], options: index, from: nil)
        return profiles
    }
}

extension Explanation.Profiles {
    /// The command for a shell whose place it takes, with another go command and further options of pprof's, without their
    /// dash.
    ///
    /// - Parameter directory: Where it is to run.
    public func command(go: String, options: [String], from directory: String) -> String {
        let index = command.split(separator: " ").first { $0.hasPrefix("-sample_index=") }.map(String.init)
        let program = go.contains("/") && !go.hasPrefix("/") ? "\(directory)/\(go)" : go
        return command(
            ["exec", program], options: options.map { "-\($0)" } + [index].compactMap(\.self), from: directory)
    }

    /// Opens the difference of both, and finds the files of the commits.
    ///
    /// pprof splits the folders with sources at colons, and has no way to write one in a name. So below such a folder they
    /// are named from where the command runs or, where that is not known or does not help, from the profiles' own folder.
    fileprivate func command(_ go: [String], options: [String], from directory: String?) -> String {
        let folder = String(after.prefix(upTo: after.lastIndex(of: "/") ?? after.startIndex))
        let names = [before, after].map { String($0.dropFirst(folder.count + 1)) }
        let colon = UInt8(ascii: ":")
        let relative = directory.map { folder.relative(to: $0) } ?? ""
        let canBeRelative = !relative.isEmpty && !relative.utf8.contains(colon)
        let place = !folder.utf8.contains(colon) ? folder : canBeRelative ? relative : nil
        let prefix = place.map { $0 + "/" } ?? ""
        // The later commit's files come first: its lines are the ones that are asked about.
        let sources = names.reversed().map { "\(prefix)sources/\($0.prefix(12))" }.joined(separator: ":")
        let words = ["tool", "pprof"] + options + ["-source_path=\(sources)", "-diff_base"]
        let command = (go + words + names.map { prefix + $0 }).map(\.shellQuoted).joined(separator: " ")
        return place == nil ? "cd \(folder.shellQuoted) && \(command)" : command
    }
}

extension String {
    /// The path of a folder as it is from another one, both from the root.
    fileprivate func relative(to other: String) -> String {
        let (own, others) = (realPath(self).split(separator: "/"), realPath(other).split(separator: "/"))
        let common = zip(own, others).prefix { $0 == $1 }.count
        return (others.dropFirst(common).map { _ in ".." } + own.dropFirst(common)).joined(separator: "/")
    }
}
