import Benchmarks
import Git
import GoToolchain

/// Makes measurements of what other programs kept.
///
/// Their recipe is unlike any of ours, since it is unknown how they were made: they never answer a search.
struct ImportedResults {
    /// One record for each commit and benchmark function, of all results added so far.
    private(set) var records: [MeasurementRecord] = []
    /// What belongs to no commit or package, as sentences.
    private(set) var problems: [String] = []

    private struct Key: Hashable, Comparable {
        let commit: ObjectID
        let directory, function, platform: String

        static func < (left: Key, right: Key) -> Bool {
            (left.commit, left.directory, left.function, left.platform)
                < (right.commit, right.directory, right.function, right.platform)
        }
    }

    /// Groups results by commit, package and function.
    ///
    /// - Parameters:
    ///   - results: What another program kept.
    ///   - file: The file's name, which marks them.
    ///   - commit: The revision of results that name none.
    init(_ results: [ForeignResult], file: String, commit: String?, in repository: borrowing Repository) {
        var commits: [String: ObjectID] = [:]
        var unknown: Set<String> = []
        var modules: [ObjectID: String] = [:]
        var groups: [Key: [BenchmarkResult]] = [:]
        // What Go cannot have printed could not be written in its format either.
        for result in results where result.result.name.hasPrefix("Benchmark") && !result.result.values.isEmpty {
            guard let revision = result.commit ?? commit else {
                unknown.insert("")
                continue
            }
            if commits[revision] == nil, !unknown.contains(revision) {
                commits[revision] = try? repository.resolve(revision)
            }
            guard let id = commits[revision] else {
                unknown.insert(revision)
                continue
            }
            let module = modules[id] ?? ImportedResults.module(at: id, in: repository)
            modules[id] = module
            let key = Key(
                commit: id, directory: ImportedResults.directory(of: result.package, in: module),
                function: ImportedResults.function(of: result.result.name), platform: result.platform)
            groups[key, default: []].append(result.result)
        }
        records = groups.sorted { $0.key < $1.key }.map { key, results in
            ImportedResults.record(key, results, file: file)
        }
        problems = unknown.sorted().map { revision in
            revision.isEmpty
                ? "\(file): results that name no commit were left out; name it with --commit REV"
                : "\(file): the results at “\(revision)” were left out: this repository has no such commit"
        }
    }

    /// The results of one name are the rounds, in their order; units that are listed apart belong together.
    private static func record(_ key: Key, _ results: [BenchmarkResult], file: String) -> MeasurementRecord {
        var rounds: [Round] = []
        for result in results {
            for (unit, value) in result.values.sorted(by: { $0.key < $1.key }) where !unit.isEmpty && value.isFinite {
                let number = rounds.firstIndex { $0.long[result.name]?[unit] == nil } ?? rounds.count
                if number == rounds.count { rounds.append(Round()) }
                rounds[number].long[result.name, default: [:]][unit] = value
            }
        }
        let iterations = results.map(\.iterations).max() ?? 1
        return MeasurementRecord(
            commit: key.commit.description,
            recipe: Recipe(
                goVersion: "unknown", platform: key.platform.isEmpty ? "unknown" : key.platform, probe: 0),
            machine: file,
            measurement: Measurement(
                target: Measurement.Target(package: key.directory, pattern: "^\(key.function)$"),
                pair: IterationPair(short: iterations, long: iterations), rounds: rounds))
    }

    /// The function of a name that may end in `-GOMAXPROCS`.
    private static func function(of name: String) -> String {
        let function = Benchmark.function(of: name)
        guard let dash = function.lastIndex(of: "-"), Int(function[function.index(after: dash)...]) != nil else {
            return function
        }
        return String(function[..<dash])
    }

    /// The path of the main module at a commit; empty when there is none that can be read.
    private static func module(at commit: ObjectID, in repository: borrowing Repository) -> String {
        let text = (try? repository.file("go.mod", at: commit)).flatMap { $0 }.map {
            String(decoding: $0, as: UTF8.self)
        }
        return ModuleFile((text ?? "").split(whereSeparator: \.isNewline)).path
    }

    /// A package's folder; its import path when it is not in the main module.
    private static func directory(of package: String, in module: String) -> String {
        if package.isEmpty || package == module { return "." }
        return !module.isEmpty && package.hasPrefix(module + "/")
            ? String(package.dropFirst(module.count + 1)) : package
    }
}
