/// A measurement while its lines are read.
struct RecordDraft: Sendable {
    /// Why the lines are not a measurement.
    struct Damage: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    /// The number of the line where it begins.
    let line: Int
    /// The lines that belong to it.
    var lines: [String] = []
    private let announced: Int
    private let configuration: [String: String]
    private var notes: [String: String] = [:]
    private var rounds: [(announced: Int, results: [BenchmarkResult])] = []
    private var damage: String?

    init(line: Int, rounds: Int, _ configuration: [String: String]) {
        (self.line, announced, self.configuration) = (line, rounds, configuration)
    }

    /// The configuration that holds for it, as lines.
    var configurationLines: [String] {
        configuration.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.escapedLine)" }
    }

    /// The rounds that the first line of a measurement announces; nil when the line is none.
    static func rounds(announcedBy line: String) -> Int? {
        let words = line.split(separator: " ")
        guard words.count == 5, words.starts(with: ["#", "measurement", "of"]), words[4] == "rounds" else { return nil }
        return Int(words[3])
    }

    /// Takes the next line; false when it belongs to no measurement.
    mutating func read(_ line: String) -> Bool {
        let words = line.split(separator: " ")
        if words.count == 6, words.starts(with: ["#", "round"]), words[3] == "of", words[5] == "results" {
            rounds.append((Int(words[4]) ?? -1, []))
            if Int(words[2]) != rounds.count { damage = damage ?? "its rounds are not in order" }
        } else if line.hasPrefix("# "), let note = ConfigurationLine(line.unicodeScalars.dropFirst(2).text),
            ["inputs", "digest", "failure", "limit", "message"].contains(note.key)
        {
            notes[note.key] = String(unescaping: note.value.unicodeScalars)
        } else if line.hasPrefix("Benchmark") {
            let cpu = configuration["gomaxprocs"].flatMap { Int($0) } ?? 1
            if let result = BenchmarkResult(line: line, cpu: cpu), !rounds.isEmpty {
                rounds[rounds.count - 1].results.append(result)
            } else {
                damage = damage ?? "“\(line)” is not a benchmark result"
            }
        } else {
            return false
        }
        lines.append(line)
        return true
    }

    /// The measurement, or why there is none.
    var record: Result<MeasurementRecord, Damage> {
        Result { () throws(Damage) in
            if let damage { throw Damage(damage) }
            guard let commit = configuration["commit"], commit.isObjectID else {
                throw Damage("its commit is not an id of 40 hexadecimal digits")
            }
            guard let recipe = Recipe(configuration: configuration) else { throw Damage("its recipe is not complete") }
            guard let machine = configuration["machine"], !machine.isEmpty, let package = configuration["dir"],
                let pattern = configuration["bench"]
            else { throw Damage("its machine, dir or bench is missing") }
            let target = Measurement.Target(package: package, pattern: pattern)
            let measurement = Measurement(
                target: target, pair: try pair, rounds: try readRounds(), failure: try failure)
            guard !measurement.rounds.isEmpty || measurement.failure != nil else {
                throw Damage("it has neither values nor a failure")
            }
            // Without a pattern it would answer for every benchmark of the package, as only such a failure may.
            guard !pattern.isEmpty || measurement.failure?.concernsPackage == true && measurement.rounds.isEmpty else {
                throw Damage("it names no benchmark")
            }
            var record = MeasurementRecord(commit: commit, recipe: recipe, machine: machine, measurement: measurement)
            if let inputs = notes["inputs"], let digest = notes["digest"] {
                record.inputs = (Inputs(text: inputs), digest)
            }
            return record
        }
    }

    private var pair: IterationPair? {
        get throws(Damage) {
            let (short, long) = (configuration["n1"] ?? "", configuration["n2"] ?? "")
            if short.isEmpty && long.isEmpty { return nil }
            guard let short = Int(short), let long = Int(long), short > 0, long >= short else {
                throw Damage("n1 and n2 are not iteration counts")
            }
            return IterationPair(short: short, long: long)
        }
    }

    private var failure: Failure? {
        get throws(Damage) {
            guard let name = notes["failure"] else { return nil }
            guard let reason = Failure.Reason(rawValue: name) else { throw Damage("the failure “\(name)” is unknown") }
            let limit = notes["limit"].flatMap { Double($0) }
            guard notes["limit"] == nil || limit?.isFinite == true else { throw Damage("its limit is not a number") }
            return Failure(reason, notes["message"] ?? "", limit: limit)
        }
    }

    private func readRounds() throws(Damage) -> [Round] {
        guard rounds.count == announced else { throw Damage("it has \(rounds.count) of \(announced) rounds") }
        guard let pair = try pair else {
            guard rounds.isEmpty else { throw Damage("it has values, but no n1 and n2") }
            return []
        }
        let isOfTest = FunctionKind(of: configuration["bench"]?.dropFirst() ?? "") == .test
        var read: [Round] = []
        for (announced, results) in rounds {
            guard results.count == announced, Set(results.map(\.name)).count == announced else {
                throw Damage("a round has \(results.count) of \(announced) results")
            }
            var round = Round()
            for result in results {
                var (short, long): ([String: Double], [String: Double]) = ([:], [:])
                for (unit, value) in result.values {
                    if let unit = unit.dropping(RecordWriter.shortPrefix) {
                        short[unit] = value
                    } else {
                        long[unit.dropping(RecordWriter.longPrefix) ?? unit] = value
                    }
                }
                guard result.iterations == (long.isEmpty ? pair.short : pair.long) else {
                    throw Damage("\(result.name) ran neither n1 nor n2 times")
                }
                let plain = isOfTest ? result.name.dropping(FunctionKind.benchmark.rawValue) : nil
                let name = plain.flatMap { FunctionKind(of: $0) == .test ? $0 : nil }
                round.short[name ?? result.name] = RecordDraft.kept(short, at: pair.short)
                round.long[name ?? result.name] = RecordDraft.kept(long, at: pair.long)
            }
            read.append(round)
        }
        return read
    }
}

extension RecordDraft {
    /// What is kept of the units of a run; nil for none.
    private static func kept(_ values: [String: Double], at iterations: Int) -> [String: Double]? {
        guard !values.isEmpty else { return nil }
        let ran = values[ProbeUnit.iterations.rawValue].flatMap { Int(exactly: $0) } ?? iterations
        return BenchmarkResult(name: "", iterations: ran, values: values).kept(iterations: iterations)
    }
}

extension String {
    /// The text after a prefix; nil when it does not begin with it.
    fileprivate func dropping(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }

    /// Whether the text is a git object's id.
    fileprivate var isObjectID: Bool {
        utf8.count == 40 && utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}

extension Sequence<Unicode.Scalar> {
    fileprivate var text: String { reduce(into: "") { $0.unicodeScalars.append($1) } }
}
